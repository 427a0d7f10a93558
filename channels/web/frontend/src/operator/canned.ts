/** Canned replies: finding one by what follows "/", and filling its placeholders. */

import type { Canned } from './model';

export interface Known {
  readonly vardas: string | null;
  readonly savivaldybe: string | null;
  readonly operatorius: string | null;
}

export interface Filled {
  readonly text: string;
  /** The first placeholder that is still open: where it begins and ends; null when all are filled. */
  readonly open: readonly [number, number] | null;
}

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Without case and diacritics: operators type "issami" for "Išsami". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What stands after "/" while the text is nothing but that; null when it is no search for a canned reply. */
export function slashQuery(text: string): string | null {
  const match = /^\/([^\n]{0,40})$/.exec(text);
  return match === null ? null : (match[1] ?? '');
}

/** Those that match, the ones whose shortcut begins so first. */
export function matching(all: readonly Canned[], query: string): readonly Canned[] {
  const wanted = folded(query.trim());
  const rank = (item: Canned): number => {
    if (folded(item.shortcut).startsWith(wanted)) return 0;
    if (folded(item.title).includes(wanted)) return 1;
    return folded(item.text).includes(wanted) ? 2 : 3;
  };
  return all
    .map((item) => ({ item, rank: rank(item) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.item.shortcut.localeCompare(b.item.shortcut, 'lt'))
    .map((found) => found.item);
}

/** The text with what is known; what is not known stays open for the operator to write. */
export function fill(text: string, known: Known): Filled {
  const values: Readonly<Record<string, string | null>> = { ...known };
  const filled = text.replace(PLACEHOLDER, (whole, name: string) => values[folded(name)] ?? whole);
  return { text: filled, open: openPlaceholder(filled) };
}

/** Where the first unfilled placeholder stands; such a text must not reach a resident. */
export function openPlaceholder(text: string): readonly [number, number] | null {
  const match = new RegExp(PLACEHOLDER.source).exec(text);
  return match === null ? null : [match.index, match.index + match[0].length];
}

const VOCATIVES: readonly (readonly [RegExp, string])[] = [
  [/jas$/, 'jau'],
  [/as$/, 'ai'],
  [/us$/, 'au'],
  [/is$/, 'i'],
  [/ys$/, 'y'],
  [/ė$/, 'e'],
];

/** A Lithuanian name as it is called out: "Ona Petraitienė" → "Ona Petraitiene", "Jonas" → "Jonai". */
export function vocative(name: string): string {
  return name
    .split(' ')
    .map((word) => {
      const rule = VOCATIVES.find(([ending]) => ending.test(word));
      return rule === undefined ? word : word.replace(...rule);
    })
    .join(' ');
}

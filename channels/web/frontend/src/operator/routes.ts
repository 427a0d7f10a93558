/** Where in the console one is, as the part of the address after "#"; so the browser's "back" works on a phone. */

export type View =
  | 'conversations'
  | 'cases'
  | 'tasks'
  | 'search'
  | 'canned'
  | 'settings'
  | 'account'
  | 'people'
  | 'audit'
  | 'help';

export interface Route {
  readonly view: View;
  /** A conversation's id or a case's number. */
  readonly id: string | null;
  /** The row of the conversation to show. */
  readonly seq: number | null;
}

const SLUGS: Readonly<Record<View, string>> = {
  conversations: 'pokalbiai',
  cases: 'kreipiniai',
  tasks: 'uzduotys',
  search: 'paieska',
  canned: 'ruosiniai',
  settings: 'nustatymai',
  account: 'paskyra',
  people: 'operatoriai',
  audit: 'zurnalas',
  help: 'pagalba',
};

export function addressOf(view: View, id: string | null = null, seq: number | null = null): string {
  const parts = [
    SLUGS[view],
    ...(id === null ? [] : [encodeURIComponent(id)]),
    ...(seq === null ? [] : [seq]),
  ];
  return `#/${parts.join('/')}`;
}

function decoded(part: string | undefined): string | null {
  if (part === undefined || part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Whatever cannot be read is the list of conversations. */
export function routeOf(hash: string): Route {
  const [slug, id, seq] = hash.replace(/^#\/?/, '').split('/');
  const view = (Object.keys(SLUGS) as View[]).find((name) => SLUGS[name] === slug) ?? 'conversations';
  const row = /^\d+$/.test(seq ?? '') ? Number(seq) : null;
  return { view, id: decoded(id), seq: row };
}

/** What the embedding page asks for: `window.langelisSettings`, then the script's own data attributes. */

export interface Settings {
  readonly municipality: string;
  readonly locale: string;
  readonly position: 'right' | 'left';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly color: string;
  readonly open: boolean;
}

type Given = Readonly<Record<string, unknown>>;

function oneOf<T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((item) => item === value) ?? otherwise;
}

function word(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** Settings from the object over those from the attributes; what is missing or wrong gets its default. */
export function readSettings(object: unknown, attributes: Given): Settings {
  const given: Given =
    typeof object === 'object' && object !== null ? { ...attributes, ...object } : attributes;
  const color = word(given.color);
  return {
    municipality: word(given.municipality),
    locale: word(given.locale) || 'lt',
    position: oneOf(['right', 'left'], given.position, 'right'),
    // A colour of one's own is chosen against a light page.
    theme: oneOf(['auto', 'light', 'dark'], given.theme, color === '' ? 'auto' : 'light'),
    color,
    open: given.open === true || given.open === 'true' || given.open === '',
  };
}

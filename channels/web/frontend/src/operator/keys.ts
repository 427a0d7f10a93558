/** Which shortcut a key press is; the same keys as in Chatwoot where there are such. */

export type Shortcut =
  | 'next'
  | 'previous'
  | 'reply'
  | 'note'
  | 'claim'
  | 'close'
  | 'transfer'
  | 'return'
  | 'tab'
  | 'conversations'
  | 'register'
  | 'tasks'
  | 'search'
  | 'settings'
  | 'commands'
  | 'help'
  | 'presence';

/** What is read of a keyboard event. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing?: boolean;
  getModifierState?(key: string): boolean;
}

/** By place on the keyboard: on a Mac Alt+L types another letter. */
export const ALT_KEYS: Readonly<Record<string, Shortcut>> = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyL: 'reply',
  KeyP: 'note',
  KeyI: 'claim',
  KeyE: 'close',
  KeyT: 'transfer',
  KeyB: 'return',
  KeyN: 'tab',
  KeyC: 'conversations',
  KeyR: 'register',
  KeyU: 'tasks',
  KeyQ: 'search',
  KeyS: 'settings',
  KeyA: 'presence',
};

/** `writing` = the focus is where letters are typed. */
export function shortcutOf(press: Press, writing: boolean): Shortcut | null {
  // AltGr is Ctrl+Alt on Windows and types €, „ and the digits of the Lithuanian layout.
  if (press.isComposing === true || press.getModifierState?.('AltGraph') === true) return null;
  const command = press.ctrlKey || press.metaKey;
  if (command && !press.altKey && !press.shiftKey && press.code === 'KeyK') return 'commands';
  if (press.altKey && !command && !press.shiftKey) return ALT_KEYS[press.code] ?? null;
  if (!writing && !command && !press.altKey && press.key === '?') return 'help';
  return null;
}

export type SendKey = 'enter' | 'ctrl-enter';

/** Whether this press sends the message; Shift+Enter is a new line with either setting. */
export function sends(press: Press, setting: SendKey): boolean {
  if (press.key !== 'Enter' || press.shiftKey || press.altKey || press.isComposing === true) return false;
  return setting === 'enter' || press.ctrlKey || press.metaKey;
}

/** The item before or after the present one; from nowhere to the first or the last. */
export function neighbour(ids: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at === -1) return (step === 1 ? ids.at(0) : ids.at(-1)) ?? null;
  return ids[at + step] ?? current;
}

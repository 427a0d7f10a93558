/** The operator's own wishes, kept by this browser. */

import type { SendKey } from './keys';
import type { Memory } from './drafts';

export type Theme = 'auto' | 'light' | 'dark';

export interface Settings {
  readonly sound: boolean;
  readonly notify: boolean;
  /** Sound again and again until the message is read or the conversation picked up. */
  readonly repeat: boolean;
  readonly theme: Theme;
  readonly sendKey: SendKey;
}

/** Sound is on: operators who do not hear of a message believe that there is none. */
export const DEFAULTS: Settings = {
  sound: true,
  notify: false,
  repeat: false,
  theme: 'auto',
  sendKey: 'enter',
};
export const SETTINGS_KEY = 'langelis:pultas:settings';

const THEMES: readonly unknown[] = ['auto', 'light', 'dark'];

export function parseSettings(saved: string | null): Settings {
  try {
    const value: unknown = JSON.parse(saved ?? '{}');
    if (typeof value !== 'object' || value === null) return DEFAULTS;
    const found = value as Partial<Record<keyof Settings, unknown>>;
    return {
      sound: typeof found.sound === 'boolean' ? found.sound : DEFAULTS.sound,
      notify: typeof found.notify === 'boolean' ? found.notify : DEFAULTS.notify,
      repeat: typeof found.repeat === 'boolean' ? found.repeat : DEFAULTS.repeat,
      theme: THEMES.includes(found.theme) ? (found.theme as Theme) : DEFAULTS.theme,
      sendKey: found.sendKey === 'ctrl-enter' ? 'ctrl-enter' : 'enter',
    };
  } catch {
    return DEFAULTS;
  }
}

export function loadSettings(memory: Memory): Settings {
  return parseSettings(memory.getItem(SETTINGS_KEY));
}

export function saveSettings(memory: Memory, settings: Settings): void {
  try {
    memory.setItem(SETTINGS_KEY, JSON.stringify(settings));
  } catch {
    // Without storage the wishes hold until the page is closed.
  }
}

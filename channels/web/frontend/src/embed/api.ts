/** `window.langelis`: what the embedding page may do with the chat. */

import type { LangelisChat } from '../components';

export interface LangelisApi {
  open(): void;
  close(): void;
  toggle(): void;
  /** "lt" or "en": the words of the window, not the language of the answers. */
  setLocale(locale: string): void;
  /** Begins a new conversation without asking. */
  reset(): void;
}

export function apiFor(chat: LangelisChat): LangelisApi {
  return {
    open: () => {
      chat.show();
    },
    close: () => {
      chat.hide();
    },
    toggle: () => {
      if (chat.open) chat.hide();
      else chat.show();
    },
    setLocale: (locale) => {
      chat.locale = locale;
    },
    reset: () => {
      chat.reset();
    },
  };
}

/** Chooses the words of the window by locale. */

import { en } from './en';
import { lt, type Words } from './lt';

export type { Words };

/** English for "en", "en-GB" …; Lithuanian for everything else. */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('en') ? en : lt;
}

/** Why a command was refused, in words. */

import { lt as words } from '../i18n/operator-lt';
import type { Answer } from './socket';

export function errorWords(code: string, operator: string | null): string {
  if (code === 'already_claimed' && operator !== null) return words.errors.already_claimed_by(operator);
  const known = words.errors as Readonly<Record<string, unknown>>;
  const found = known[code];
  return typeof found === 'string' ? found : words.errors.internal;
}

export function refusalWords(answer: Answer & { readonly ok: false }): string {
  if (answer.code === 'already_claimed') return errorWords(answer.code, answer.operator);
  return answer.message === '' ? errorWords(answer.code, answer.operator) : answer.message;
}

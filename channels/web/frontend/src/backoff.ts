/** How long to wait before the next attempt to connect. */

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const JITTER = 0.25;

/**
 * Milliseconds before attempt number `attempt` (0 = the first repeat): 1, 2, 4, 8 … 30 s, moved by up to a
 * quarter either way so that a restarted server is not met by everyone at once. `random` is in [0, 1).
 */
export function delayBefore(attempt: number, random: number): number {
  const plain = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(plain * (1 - JITTER + 2 * JITTER * random));
}

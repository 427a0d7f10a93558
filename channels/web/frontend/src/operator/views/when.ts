/** Times and waits in words. */

import { clock, dayKey } from '../../format';

const LOCALE = 'lt-LT';

/** "45 s", "12 min.", "1 val. 5 min.", "2 d.": rounded down, as waits are told. */
export function waitWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min.`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} val.` : `${hours} val. ${minutes % 60} min.`;
  return `${Math.floor(hours / 24)} d.`;
}

/** "10:24" today, "11-20 10:24" this year, else the whole date. */
export function shortWhen(at: string, now: Date): string {
  const day = dayKey(at);
  if (day === '') return '';
  if (day === dayKey(now.toISOString())) return clock(at, LOCALE);
  return day.startsWith(String(now.getFullYear())) ? `${day.slice(5)} ${clock(at, LOCALE)}` : day;
}

/** "2026-11-20 10:24". */
export function longWhen(at: string): string {
  const day = dayKey(at);
  // A date without a time stays one.
  return at.length <= 10 ? at : `${day} ${clock(at, LOCALE)}`.trim();
}

export function dayOf(at: string): string {
  return at.length <= 10 ? at : dayKey(at);
}

/** Whole days from today to a date, below zero when it is over. */
export function daysUntil(day: string, now: Date): number {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number);
  const then = Date.UTC(year, month - 1, date);
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((then - today) / 86_400_000);
}

const WEEKDAYS = [
  'sekmadienis',
  'pirmadienis',
  'antradienis',
  'trečiadienis',
  'ketvirtadienis',
  'penktadienis',
  'šeštadienis',
];

export function weekday(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  return WEEKDAYS[date.getUTCDay()] ?? '';
}

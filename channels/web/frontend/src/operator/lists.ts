/** Which conversations stand in which list, in which order; which cases and tasks come first. */

import type { CaseLine, Summary, Tab, Task } from './model';
import type { State } from './store';

export const TABS: readonly Tab[] = ['mine', 'waiting', 'all', 'closed'];

/** Whether a conversation belongs to a list of the operator `me`. */
export function inTab(summary: Summary, tab: Tab, me: string | null): boolean {
  switch (tab) {
    case 'mine':
      return summary.owner === 'operator' && summary.operator?.id === me;
    case 'waiting':
      return summary.owner === 'queued';
    case 'all':
      return summary.owner !== 'closed';
    case 'closed':
      return summary.owner === 'closed';
  }
}

function latestFirst(a: Summary, b: Summary): number {
  return b.lastAt.localeCompare(a.lastAt) || a.id.localeCompare(b.id);
}

function longestWaitFirst(a: Summary, b: Summary): number {
  return (a.queuedAt ?? a.lastAt).localeCompare(b.queuedAt ?? b.lastAt) || a.id.localeCompare(b.id);
}

/** One's own conversations in which the resident waits for an answer come first. */
function unreadFirst(a: Summary, b: Summary): number {
  return Number(b.unread > 0) - Number(a.unread > 0) || latestFirst(a, b);
}

const ORDERS: Readonly<Record<Tab, (a: Summary, b: Summary) => number>> = {
  mine: unreadFirst,
  waiting: longestWaitFirst,
  all: latestFirst,
  closed: (a, b) => (b.closed?.at ?? b.lastAt).localeCompare(a.closed?.at ?? a.lastAt) || latestFirst(a, b),
};

/** `municipality` "" = all of them. */
export function listOf(state: State, tab: Tab, municipality: string): readonly Summary[] {
  const me = state.me?.id ?? null;
  return [...state.conversations.values()]
    .filter((item) => inTab(item, tab, me) && (municipality === '' || item.municipality === municipality))
    .sort(ORDERS[tab]);
}

/** How many messages of residents wait for this operator, and how many conversations for anybody. */
export function attention(state: State): { readonly unread: number; readonly waiting: number } {
  const me = state.me?.id ?? null;
  const all = [...state.conversations.values()];
  const mine = all.filter((item) => inTab(item, 'mine', me));
  return {
    unread: mine.reduce((sum, item) => sum + item.unread, 0),
    waiting: all.filter((item) => item.owner === 'queued').length,
  };
}

/** The earlier of the two dates by which a case is due; null when no clock runs. */
export function nextDue(line: CaseLine): string | null {
  const dues = [line.charterDue, line.legalDue].filter((due) => due !== null).sort();
  return dues[0] ?? null;
}

/** Overdue first, then by what is due next; cases without a clock last, the newest of them first. */
export function byUrgency(a: CaseLine, b: CaseLine): number {
  const overdue = Number(b.overdue) - Number(a.overdue);
  const due = (nextDue(a) ?? '9999').localeCompare(nextDue(b) ?? '9999');
  return overdue || due || b.received.localeCompare(a.received);
}

export function byDue(a: Task, b: Task): number {
  return (a.due ?? '9999').localeCompare(b.due ?? '9999') || a.id.localeCompare(b.id);
}

/** Whole seconds from `at` to `now`, never below zero; null when the time cannot be read. */
export function secondsSince(at: string | null, now: number): number | null {
  const time = at === null ? NaN : Date.parse(at);
  return Number.isNaN(time) ? null : Math.max(0, Math.floor((now - time) / 1000));
}

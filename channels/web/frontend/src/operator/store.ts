/** What the console shows, as one value: a pure step from a state and what happened to the next state. */

import type { LinkState } from '../connection';
import type { Outgoing } from './drafts';
import type {
  Canned,
  CaseLine,
  Colleague,
  Me,
  Note,
  Page,
  Row,
  Summary,
  Tab,
  Task,
  ThreadData,
  Typist,
} from './model';
import type { EventFrame } from './protocol';

export type Loading = 'no' | 'loading' | 'ready' | 'failed';

export interface Thread {
  readonly rows: readonly Row[];
  readonly notes: readonly Note[];
  readonly earlier: readonly Summary[];
  readonly cases: readonly CaseLine[];
  /** The name that the resident gave, or null. */
  readonly resident: string | null;
  readonly loading: Loading;
}

/** An unsent text; `seq` once the server has stored it and the row itself is still on its way. */
export interface Sending extends Outgoing {
  readonly seq: number | null;
}

export interface State {
  readonly me: Me | null;
  readonly link: LinkState;
  /** Null until the first list has come. */
  readonly lastEvent: number | null;
  readonly conversations: ReadonlyMap<string, Summary>;
  /** Conversation → the last event that changed it. */
  readonly touched: ReadonlyMap<string, number>;
  readonly tabs: Readonly<Record<Tab, Loading>>;
  /** Tabs of which the server has more. */
  readonly more: Readonly<Record<Tab, boolean>>;
  readonly threads: ReadonlyMap<string, Thread>;
  /** "conversation:who" → the name of who is writing, "" for the resident. */
  readonly typing: ReadonlyMap<string, string>;
  readonly colleagues: readonly Colleague[];
  /** This operator was taken for away, and what they had went back to the queue; until they have read so. */
  readonly wentAway: boolean;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly cases: ReadonlyMap<string, CaseLine>;
  readonly canned: readonly Canned[];
  readonly outbox: readonly Sending[];
}

export type Action =
  | { readonly type: 'me'; readonly me: Me }
  | { readonly type: 'link'; readonly link: LinkState }
  | { readonly type: 'tab'; readonly tab: Tab; readonly loading: Loading }
  | {
      readonly type: 'page';
      readonly tab: Tab;
      readonly page: Page;
      readonly since: number;
      readonly more: boolean;
    }
  | { readonly type: 'opening'; readonly id: string }
  | { readonly type: 'opened'; readonly id: string; readonly data: ThreadData; readonly since: number }
  | { readonly type: 'unopened'; readonly id: string }
  | { readonly type: 'event'; readonly event: EventFrame }
  | {
      readonly type: 'typing';
      readonly conversation: string;
      readonly who: Typist;
      readonly name: string;
      readonly on: boolean;
    }
  | { readonly type: 'reset'; readonly lastEvent: number }
  | { readonly type: 'back' }
  | { readonly type: 'colleagues'; readonly colleagues: readonly Colleague[] }
  | { readonly type: 'tasks'; readonly tasks: readonly Task[] }
  | { readonly type: 'cases'; readonly cases: readonly CaseLine[] }
  | { readonly type: 'canned'; readonly canned: readonly Canned[] }
  | { readonly type: 'sending'; readonly item: Outgoing }
  | { readonly type: 'sent'; readonly id: string; readonly seq: number | null }
  | { readonly type: 'unsent'; readonly item: Outgoing; readonly reason: string | null }
  | { readonly type: 'discarded'; readonly id: string }
  | { readonly type: 'read'; readonly conversation: string };

export const EMPTY_THREAD: Thread = {
  rows: [],
  notes: [],
  earlier: [],
  cases: [],
  resident: null,
  loading: 'no',
};

export const INITIAL: State = {
  me: null,
  link: 'idle',
  lastEvent: null,
  conversations: new Map(),
  touched: new Map(),
  tabs: { mine: 'no', waiting: 'no', all: 'no', closed: 'no' },
  more: { mine: false, waiting: false, all: false, closed: false },
  threads: new Map(),
  typing: new Map(),
  colleagues: [],
  wentAway: false,
  tasks: new Map(),
  cases: new Map(),
  canned: [],
  outbox: [],
};

function withKey<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

/** Both lists as one by `key`, later ones replacing earlier ones. */
function merged<T>(before: readonly T[], after: readonly T[], key: (item: T) => string | number): T[] {
  const all = new Map(before.map((item) => [key(item), item]));
  for (const item of after) all.set(key(item), item);
  return [...all.values()];
}

function mergedRows(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  return merged(before, after, (row) => row.seq).sort((a, b) => a.seq - b.seq);
}

function mergedNotes(before: readonly Note[], after: readonly Note[]): readonly Note[] {
  return merged(before, after, (note) => note.id).sort(
    (a, b) => a.afterSeq - b.afterSeq || a.at.localeCompare(b.at),
  );
}

/**
 * A summary from a REST answer that was asked for when event `since` was the last one: what events have told since
 * then is newer, unless the answer has more of the log.
 */
function kept(state: State, summary: Summary, since: number): Summary {
  const known = state.conversations.get(summary.id);
  if (known === undefined) return summary;
  const changed = (state.touched.get(summary.id) ?? 0) > since;
  return changed && known.lastSeq >= summary.lastSeq ? known : summary;
}

function withPage(state: State, page: Page, since: number): State {
  const conversations = new Map(state.conversations);
  for (const item of page.items) conversations.set(item.id, kept(state, item, since));
  // Several lists are asked for at once: events run from the oldest of them, and repeating one does no harm.
  const lastEvent = state.lastEvent ?? page.lastEvent;
  return { ...state, conversations, lastEvent };
}

function opened(state: State, id: string, data: ThreadData, since: number): State {
  const before = state.threads.get(id) ?? EMPTY_THREAD;
  const thread: Thread = {
    rows: mergedRows(data.rows, before.rows),
    notes: mergedNotes(data.notes, before.notes),
    earlier: data.earlier,
    cases: data.cases,
    resident: data.resident,
    loading: 'ready',
  };
  const conversations = withKey(state.conversations, id, kept(state, data.summary, since));
  return dropArrived({ ...state, conversations, threads: withKey(state.threads, id, thread) }, id);
}

/** Takes what has become a row of the log out of the unsent texts. */
function dropArrived(state: State, id: string): State {
  const last = state.threads.get(id)?.rows.at(-1)?.seq ?? 0;
  const outbox = state.outbox.filter(
    (item) => item.conversation !== id || item.seq === null || item.seq > last,
  );
  return outbox.length === state.outbox.length ? state : { ...state, outbox };
}

/** The unsent text that this row or note is; the oldest one, for the same words may be sent twice. */
function arrivedAs(
  state: State,
  conversation: string,
  kind: 'reply' | 'note',
  words: string,
  id: string | null,
): string | null {
  const mine = state.outbox.filter((item) => item.conversation === conversation && item.reason === null);
  const byId = mine.find((item) => item.id === id);
  const byText = mine.find((item) => item.kind === kind && item.text.trim() === words.trim());
  return (byId ?? byText)?.id ?? null;
}

function withRow(state: State, id: string, row: Row): State {
  const thread = state.threads.get(id);
  const isMine = row.author === 'operator' && row.operator !== null && row.operator.id === state.me?.id;
  const arrived = isMine ? arrivedAs(state, id, 'reply', row.text, row.clientId) : null;
  const outbox = arrived === null ? state.outbox : state.outbox.filter((item) => item.id !== arrived);
  const who = row.author === 'resident' ? 'resident' : 'operator';
  const typing = without(state.typing, `${id}:${who}`);
  if (thread === undefined) return { ...state, outbox, typing };
  const threads = withKey(state.threads, id, { ...thread, rows: mergedRows(thread.rows, [row]) });
  return dropArrived({ ...state, outbox, typing, threads }, id);
}

function withNote(state: State, note: Note): State {
  const arrived =
    note.operator.id === state.me?.id
      ? arrivedAs(state, note.conversation, 'note', note.text, note.id)
      : null;
  const outbox = arrived === null ? state.outbox : state.outbox.filter((item) => item.id !== arrived);
  const thread = state.threads.get(note.conversation);
  if (thread === undefined) return { ...state, outbox };
  const notes = mergedNotes(thread.notes, [note]);
  return { ...state, outbox, threads: withKey(state.threads, note.conversation, { ...thread, notes }) };
}

function withSummary(state: State, summary: Summary, seq: number): State {
  const known = state.conversations.get(summary.id);
  // A repeated event may be older than the list that came meanwhile.
  if (known !== undefined && known.lastSeq > summary.lastSeq) return state;
  return {
    ...state,
    conversations: withKey(state.conversations, summary.id, summary),
    touched: withKey(state.touched, summary.id, seq),
  };
}

function withPresence(state: State, colleague: Colleague): State {
  const colleagues = merged(state.colleagues, [colleague], (item) => item.id);
  if (state.me?.id !== colleague.id) return { ...state, colleagues };
  const wentAway = state.wentAway || colleague.presence === 'away';
  return { ...state, colleagues, wentAway, me: { ...state.me, presence: colleague.presence } };
}

/**
 * The server tells of one's own presence with that of the others. "Away" is believed of an event only: when the list
 * was asked for, the socket may not have been heard yet.
 */
function withColleagues(state: State, colleagues: readonly Colleague[]): State {
  const own = colleagues.find((colleague) => colleague.id === state.me?.id);
  const believed = own !== undefined && own.presence !== 'away';
  const me = state.me === null || !believed ? state.me : { ...state.me, presence: own.presence };
  return { ...state, colleagues, me };
}

function withCase(state: State, line: CaseLine): State {
  const threads = new Map(state.threads);
  for (const [id, thread] of threads)
    if (thread.cases.some((item) => item.number === line.number))
      threads.set(id, { ...thread, cases: merged(thread.cases, [line], (item) => item.number) });
  return { ...state, threads, cases: withKey(state.cases, line.number, line) };
}

/** Tells of a conversation and nothing about it: it has moved to where this operator sees nothing. */
function isGone(event: EventFrame): event is EventFrame & { readonly conversation: string } {
  const told = [event.summary, event.row, event.note, event.task, event.case, event.presence];
  return event.conversation !== null && told.every((part) => part === null);
}

function withoutConversation(state: State, id: string): State {
  return { ...state, conversations: without(state.conversations, id), threads: without(state.threads, id) };
}

function happened(state: State, event: EventFrame): State {
  if (event.seq <= (state.lastEvent ?? 0)) return state;
  let next: State = { ...state, lastEvent: event.seq };
  if (isGone(event)) return withoutConversation(next, event.conversation);
  if (event.summary !== null) next = withSummary(next, event.summary, event.seq);
  if (event.row !== null && event.conversation !== null) next = withRow(next, event.conversation, event.row);
  if (event.note !== null) next = withNote(next, event.note);
  if (event.task !== null) next = { ...next, tasks: withKey(next.tasks, event.task.id, event.task) };
  if (event.case !== null) next = withCase(next, event.case);
  if (event.presence !== null) next = withPresence(next, event.presence);
  return next;
}

function sent(state: State, id: string, seq: number | null): State {
  const item = state.outbox.find((candidate) => candidate.id === id);
  if (item === undefined) return state;
  if (seq === null || item.kind === 'note' || !state.threads.has(item.conversation))
    return { ...state, outbox: state.outbox.filter((other) => other !== item) };
  const outbox = state.outbox.map((other) => (other === item ? { ...item, seq, failed: false } : other));
  return dropArrived({ ...state, outbox }, item.conversation);
}

function unsent(state: State, item: Outgoing, reason: string | null): State {
  const failed: Sending = { ...item, failed: true, reason, seq: null };
  // Nothing that was written is lost, even when it was taken for arrived before.
  return { ...state, outbox: merged(state.outbox, [failed], (other) => other.id) };
}

/** Whether a row is missing between those held, so that the thread must be read anew. */
export function hasGap(thread: Thread): boolean {
  return thread.rows.some((row, index) => index > 0 && row.seq !== (thread.rows[index - 1]?.seq ?? 0) + 1);
}

/** Forgets what the server told, not what was written here. */
function reset(state: State, lastEvent: number): State {
  const { me, link, outbox, colleagues, canned, wentAway } = state;
  return { ...INITIAL, me, link, outbox, colleagues, canned, wentAway, lastEvent };
}

function typingNow(state: State, key: string, name: string, on: boolean): State {
  return { ...state, typing: on ? withKey(state.typing, key, name) : without(state.typing, key) };
}

function readUp(state: State, conversation: string): State {
  const known = state.conversations.get(conversation);
  if (known === undefined || known.unread === 0) return state;
  return { ...state, conversations: withKey(state.conversations, conversation, { ...known, unread: 0 }) };
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'me':
      return { ...state, me: action.me };
    case 'link':
      return { ...state, link: action.link, typing: action.link === 'ready' ? state.typing : new Map() };
    case 'tab':
      return { ...state, tabs: { ...state.tabs, [action.tab]: action.loading } };
    case 'page': {
      const next = withPage(state, action.page, action.since);
      const { tab, more } = action;
      return { ...next, tabs: { ...next.tabs, [tab]: 'ready' }, more: { ...next.more, [tab]: more } };
    }
    case 'opening': {
      const thread = state.threads.get(action.id) ?? EMPTY_THREAD;
      const loading: Loading = thread.loading === 'ready' ? 'ready' : 'loading';
      return { ...state, threads: withKey(state.threads, action.id, { ...thread, loading }) };
    }
    case 'opened':
      return opened(state, action.id, action.data, action.since);
    case 'unopened': {
      const thread = state.threads.get(action.id) ?? EMPTY_THREAD;
      if (thread.loading === 'ready') return state;
      return { ...state, threads: withKey(state.threads, action.id, { ...thread, loading: 'failed' }) };
    }
    case 'event':
      return happened(state, action.event);
    case 'typing':
      return typingNow(state, `${action.conversation}:${action.who}`, action.name, action.on);
    case 'reset':
      return reset(state, action.lastEvent);
    case 'back':
      return { ...state, wentAway: false };
    case 'colleagues':
      return withColleagues(state, action.colleagues);
    case 'tasks':
      return { ...state, tasks: new Map(action.tasks.map((task) => [task.id, task])) };
    case 'cases':
      return { ...state, cases: new Map(action.cases.map((line) => [line.number, line])) };
    case 'canned':
      return { ...state, canned: action.canned };
    case 'sending': {
      const item: Sending = { ...action.item, failed: false, reason: null, seq: null };
      return { ...state, outbox: merged(state.outbox, [item], (other) => other.id) };
    }
    case 'sent':
      return sent(state, action.id, action.seq);
    case 'unsent':
      return unsent(state, action.item, action.reason);
    case 'discarded':
      return { ...state, outbox: state.outbox.filter((item) => item.id !== action.id) };
    case 'read':
      return readUp(state, action.conversation);
  }
}

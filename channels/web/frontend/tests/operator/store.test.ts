import { describe, expect, test } from 'vitest';
import type { Outgoing } from '../../src/operator/drafts';
import { attention, byUrgency, inTab, listOf, nextDue, secondsSince } from '../../src/operator/lists';
import type { CaseLine, Me, Note, Row, Summary } from '../../src/operator/model';
import { readFrame, type EventFrame } from '../../src/operator/protocol';
import { readSummary } from '../../src/operator/readers';
import { hasGap, INITIAL, reduce, type Action, type State } from '../../src/operator/store';
import { summary } from './server';

const RUTA = { id: 'o1', name: 'Rūta' };
const ME: Me = {
  ...RUTA,
  login: 'ruta',
  role: 'operator',
  permissions: [],
  municipalities: [],
  everywhere: [],
  departments: [],
  presence: 'here',
  totp: false,
  csrf: null,
};

function line(id: string, fields: Record<string, unknown> = {}): Summary {
  const read = readSummary(summary(id, fields));
  if (read === null) throw new Error('the summary cannot be read');
  return read;
}

function row(seq: number, fields: Partial<Row> = {}): Row {
  return {
    seq,
    author: 'resident',
    text: `žinutė ${seq}`,
    at: '2026-11-21T10:00:00Z',
    buttons: [],
    card: null,
    attachments: [],
    lang: null,
    nlu: null,
    operator: null,
    clientId: null,
    replyTo: null,
    ...fields,
  };
}

function event(seq: number, fields: Partial<EventFrame> = {}): Action {
  const empty = {
    conversation: 'k1',
    summary: null,
    row: null,
    note: null,
    task: null,
    presence: null,
    case: null,
  };
  return { type: 'event', event: { type: 'event', seq, kind: 'message', ...empty, ...fields } };
}

function outgoing(id: string, fields: Partial<Outgoing> = {}): Outgoing {
  const plain = {
    conversation: 'k1',
    kind: 'reply',
    text: 'labas',
    service: null,
    attachments: [],
    at: '',
    failed: false,
  } as const;
  return { id, ...plain, reason: null, ...fields };
}

function after(...actions: Action[]): State {
  return actions.reduce(reduce, { ...INITIAL, me: ME });
}

function page(items: Summary[], lastEvent: number, since = 0): Action {
  return { type: 'page', tab: 'all', page: { items, lastEvent }, since, more: false };
}

function opened(rows: Row[], since = 0, fields: Record<string, unknown> = {}): Action {
  const data = {
    summary: line('k1', { last_seq: rows.length, ...fields }),
    rows,
    notes: [],
    earlier: [],
    cases: [],
    resident: null,
  };
  return { type: 'opened', id: 'k1', data, since };
}

function seqs(state: State): number[] | undefined {
  return state.threads.get('k1')?.rows.map((item) => item.seq);
}

describe('events', () => {
  test('move the cursor and change the summary', () => {
    const state = after(page([line('k1')], 4), event(5, { summary: line('k1', { last_seq: 2, unread: 3 }) }));
    expect(state.lastEvent).toBe(5);
    expect(state.conversations.get('k1')?.unread).toBe(3);
  });

  test('count once, however often they come', () => {
    const once = after(page([], 0), opened([row(1)]), event(1, { row: row(2) }));
    expect(reduce(once, event(1, { row: row(2, { text: 'kita' }) }))).toBe(once);
  });

  test('that are older than the list do not turn it back', () => {
    const state = after(
      page([line('k1', { last_seq: 9 })], 3),
      event(4, { summary: line('k1', { last_seq: 7 }) }),
    );
    expect(state.conversations.get('k1')?.lastSeq).toBe(9);
    expect(state.lastEvent).toBe(4);
  });

  test('add rows to a thread that is held, in order, and none to others', () => {
    const state = after(page([], 0), opened([row(1)]), event(1, { row: row(3) }), event(2, { row: row(2) }));
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(after(page([], 0), event(1, { row: row(1) })).threads.size).toBe(0);
  });

  test('of presence change the colleague, and oneself', () => {
    const presence = { ...RUTA, presence: 'away' as const, municipalities: [], departments: [] };
    const state = after(page([], 0), event(1, { presence }));
    expect(state.me?.presence).toBe('away');
    expect(state.wentAway).toBe(true);
    expect(state.colleagues).toEqual([presence]);
  });

  test('of a case change it in the register and beside the thread', () => {
    const held = { number: 'TR-1', stateWords: 'Gautas' } as CaseLine;
    const fresh = { number: 'TR-1', stateWords: 'Paskirtas' } as CaseLine;
    const thread = { summary: line('k1'), rows: [], notes: [], earlier: [], cases: [held], resident: null };
    const state = after({ type: 'opened', id: 'k1', data: thread, since: 0 }, event(1, { case: fresh }));
    expect(state.cases.get('TR-1')?.stateWords).toBe('Paskirtas');
    expect(state.threads.get('k1')?.cases).toEqual([fresh]);
  });
});

describe('answers by REST that come late', () => {
  test('do not turn back what events have told meanwhile', () => {
    const owned = line('k1', { owner: 'operator', operator: RUTA, last_seq: 2 });
    const state = after(page([line('k1')], 1), event(2, { summary: owned }), page([line('k1')], 1, 1));
    expect(state.conversations.get('k1')?.owner).toBe('operator');
  });

  test('win when they hold more of the log', () => {
    const state = after(
      page([line('k1')], 1),
      event(2, { summary: line('k1', { last_seq: 2 }) }),
      page([line('k1', { last_seq: 5 })], 2, 1),
    );
    expect(state.conversations.get('k1')?.lastSeq).toBe(5);
  });

  test('leave the cursor where it was: events between are taken again', () => {
    expect(after(page([], 3), page([], 8)).lastEvent).toBe(3);
  });

  test('join the rows that came while the thread was being opened', () => {
    const state = after({ type: 'opening', id: 'k1' }, event(1, { row: row(3) }), opened([row(1), row(2)]));
    expect(seqs(state)).toEqual([1, 2, 3]);
  });

  test('that fail do not close a thread that is shown', () => {
    const state = after(opened([row(1)]), { type: 'opening', id: 'k1' }, { type: 'unopened', id: 'k1' });
    expect(state.threads.get('k1')?.loading).toBe('ready');
    expect(
      after({ type: 'opening', id: 'k1' }, { type: 'unopened', id: 'k1' }).threads.get('k1')?.loading,
    ).toBe('failed');
  });
});

test('a conversation that has moved out of sight is taken off the list', () => {
  const state = after(page([line('k1'), line('k2')], 0), opened([row(1)]), event(1));
  expect([...state.conversations.keys()]).toEqual(['k2']);
  expect(state.threads.size).toBe(0);
});

test('one’s own presence comes with that of the colleagues', () => {
  const own = { ...RUTA, presence: 'pause' as const, municipalities: [], departments: [] };
  expect(after({ type: 'colleagues', colleagues: [own] }).me?.presence).toBe('pause');
});

test('that one was away is told until it is read, but not because a list was asked for too early', () => {
  const own = { ...RUTA, presence: 'away' as const, municipalities: [], departments: [] };
  expect(after({ type: 'colleagues', colleagues: [own] })).toMatchObject({
    wentAway: false,
    me: { presence: 'here' },
  });
  const back = event(2, { presence: { ...own, presence: 'here' } });
  const state = after(event(1, { presence: own }), back);
  expect(state).toMatchObject({ wentAway: true, me: { presence: 'here' } });
  expect(reduce(state, { type: 'back' }).wentAway).toBe(false);
});

test('a gap between rows is seen', () => {
  const thread = {
    rows: [row(1), row(3)],
    notes: [],
    earlier: [],
    cases: [],
    resident: null,
    loading: 'ready' as const,
  };
  expect(hasGap(thread)).toBe(true);
  expect(hasGap({ ...thread, rows: [row(4), row(5)] })).toBe(false);
});

describe('what was written here', () => {
  const mine = row(2, { author: 'operator', operator: RUTA, text: 'labas' });

  test('is shown until its row has come, and then once', () => {
    const sending = after(opened([row(1)]), { type: 'sending', item: outgoing('a') });
    const sent = reduce(sending, { type: 'sent', id: 'a', seq: 2 });
    expect(sent.outbox).toHaveLength(1);
    const arrived = reduce(sent, event(1, { row: mine }));
    expect(arrived.outbox).toEqual([]);
    expect(seqs(arrived)).toEqual([1, 2]);
  });

  test('is not shown twice when the row comes before the answer', () => {
    const state = after(opened([row(1)]), { type: 'sending', item: outgoing('a') }, event(1, { row: mine }));
    expect(state.outbox).toEqual([]);
    expect(reduce(state, { type: 'sent', id: 'a', seq: 2 }).outbox).toEqual([]);
  });

  test('twice in the same words leaves one by one', () => {
    const two = [outgoing('a'), outgoing('b')].map((item): Action => ({ type: 'sending', item }));
    const state = after(opened([row(1)]), ...two, event(1, { row: mine }));
    expect(state.outbox.map((item) => item.id)).toEqual(['b']);
  });

  test('by a colleague in the same words stays unsent', () => {
    const theirs = { ...mine, operator: { id: 'o2', name: 'Jonas' } };
    const state = after(
      opened([row(1)]),
      { type: 'sending', item: outgoing('a') },
      event(1, { row: theirs }),
    );
    expect(state.outbox).toHaveLength(1);
  });

  test('comes back with the reason when it is refused after all', () => {
    const item = outgoing('a');
    const state = after({ type: 'sending', item }, { type: 'discarded', id: 'a' });
    const back = reduce(state, { type: 'unsent', item, reason: 'Pokalbis jau baigtas.' });
    expect(back.outbox).toMatchObject([{ id: 'a', failed: true, reason: 'Pokalbis jau baigtas.' }]);
  });

  test('outlives a reset, while what the server told is forgotten', () => {
    const state = after(
      page([line('k1')], 3),
      opened([row(1)]),
      { type: 'sending', item: outgoing('a') },
      { type: 'reset', lastEvent: 90 },
    );
    expect(state.outbox).toHaveLength(1);
    expect(state.conversations.size + state.threads.size).toBe(0);
    expect(state.lastEvent).toBe(90);
  });

  test('as a note leaves when the note comes, which is held once', () => {
    const note: Note = { id: 'n1', conversation: 'k1', afterSeq: 1, operator: RUTA, text: 'labas', at: '' };
    const item = outgoing('a', { kind: 'note' });
    const state = after(opened([row(1)]), { type: 'sending', item }, event(1, { note }), event(2, { note }));
    expect(state.outbox).toEqual([]);
    expect(state.threads.get('k1')?.notes).toEqual([note]);
  });
});

describe('typing', () => {
  const typing: Action = { type: 'typing', conversation: 'k1', who: 'resident', name: '', on: true };

  test('ends with the message', () => {
    expect(after(typing).typing.has('k1:resident')).toBe(true);
    expect(after(typing, event(1, { row: row(2) })).typing.size).toBe(0);
  });

  test('ends with the connection', () => {
    expect(after(typing, { type: 'link', link: 'waiting' }).typing.size).toBe(0);
  });
});

describe('lists', () => {
  const mine = line('a', { owner: 'operator', operator: RUTA, last_at: '2026-11-21T12:00:00Z', unread: 0 });
  const unread = line('b', { owner: 'operator', operator: RUTA, last_at: '2026-11-21T09:00:00Z', unread: 2 });
  const early = line('c', { queued_at: '2026-11-21T08:00:00Z' });
  const late = line('d', { queued_at: '2026-11-21T11:00:00Z', municipality: 'varena' });
  const closed = line('e', {
    owner: 'closed',
    closed: { reason: 'answered', topic: '', at: '2026-11-20T08:00:00Z' },
  });
  const state = after(page([mine, unread, late, early, closed], 1));

  function ids(...args: Parameters<typeof listOf>): string[] {
    return listOf(...args).map((item) => item.id);
  }

  test('hold what belongs to them, in their own order', () => {
    expect(ids(state, 'mine', '')).toEqual(['b', 'a']);
    expect(ids(state, 'waiting', '')).toEqual(['c', 'd']);
    expect(ids(state, 'closed', '')).toEqual(['e']);
    expect(ids(state, 'all', '')).not.toContain('e');
    expect(ids(state, 'waiting', 'varena')).toEqual(['d']);
  });

  test('tell what waits for this operator', () => {
    expect(attention(state)).toEqual({ unread: 2, waiting: 2 });
    expect(inTab(mine, 'mine', 'o2')).toBe(false);
  });

  test('put overdue cases first, then the next date, then those without a clock', () => {
    const base = { overdue: false, charterDue: null, legalDue: null, received: '2026-11-01' };
    const cases = [
      { ...base, number: 'none' },
      { ...base, number: 'soon', charterDue: '2026-11-25', legalDue: '2026-12-10' },
      { ...base, number: 'late', legalDue: '2026-11-30', overdue: true },
    ] as CaseLine[];
    expect([...cases].sort(byUrgency).map((item) => item.number)).toEqual(['late', 'soon', 'none']);
    expect(cases.map(nextDue)[1]).toBe('2026-11-25');
  });

  test('count waiting in whole seconds, never below zero', () => {
    const now = Date.parse('2026-11-21T10:00:30Z');
    expect(secondsSince('2026-11-21T10:00:00Z', now)).toBe(30);
    expect(secondsSince('2026-11-21T10:01:00Z', now)).toBe(0);
    expect(secondsSince('kada nors', now)).toBeNull();
  });
});

describe('frames', () => {
  test.each([
    '',
    'null',
    '[]',
    '{"type":"event"}',
    '{"type":"typing","conversation":"k1","who":"x"}',
    '{"type":"?"}',
  ])('that cannot be used are nothing: %s', (data) => {
    expect(readFrame(data)).toBeNull();
  });

  test('with fields of the wrong kind keep what can be used', () => {
    const wire = {
      type: 'event',
      seq: 3,
      kind: 'message',
      summary: summary('k1', { unread: -1, due: 7 }),
      row: { seq: 'x' },
    };
    const frame = readFrame(JSON.stringify(wire));
    expect(frame).toMatchObject({ seq: 3, conversation: 'k1', row: null, summary: { unread: 0, due: null } });
  });

  test('tell who was faster', () => {
    const wire = {
      type: 'error',
      id: 'x',
      code: 'already_claimed',
      message: '',
      operator: { id: 'o2', name: 'Jonas' },
    };
    expect(readFrame(JSON.stringify(wire))).toMatchObject({ operator: 'Jonas' });
  });
});

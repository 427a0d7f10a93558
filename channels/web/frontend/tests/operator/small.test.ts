import { describe, expect, test } from 'vitest';
import { counted } from '../../src/i18n/counted';
import { alertFor, Alerts, titleWith, type Alert } from '../../src/operator/alerts';
import { Api, ApiError, queryString } from '../../src/operator/api';
import { vocative, fill, matching, openPlaceholder, slashQuery } from '../../src/operator/canned';
import { Drafts, type Outgoing } from '../../src/operator/drafts';
import { neighbour, sends, shortcutOf, type Press } from '../../src/operator/keys';
import type { Canned, Summary } from '../../src/operator/model';
import type { EventFrame } from '../../src/operator/protocol';
import { addressOf, routeOf } from '../../src/operator/routes';
import { DEFAULTS, loadSettings, parseSettings, saveSettings } from '../../src/operator/settings';
import { FakeTimers } from '../fakes';
import { FakeMemory } from './server';

function press(key: string, fields: Partial<Press> = {}): Press {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return { key, code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...fields };
}

describe('keys', () => {
  test('are those of Chatwoot', () => {
    const pressed = ['j', 'k', 'l', 'p', 'e', 'n'].map((key) =>
      shortcutOf(press(key, { altKey: true }), true),
    );
    expect(pressed).toEqual(['next', 'previous', 'reply', 'note', 'close', 'tab']);
    expect(shortcutOf(press('k', { ctrlKey: true }), true)).toBe('commands');
    expect(shortcutOf(press('k', { metaKey: true }), true)).toBe('commands');
  });

  test('go by their place, for Alt types other letters on a Mac', () => {
    expect(shortcutOf(press('¬', { code: 'KeyL', altKey: true }), true)).toBe('reply');
  });

  test('leave AltGr alone, which types letters', () => {
    const altGr = { altKey: true, ctrlKey: true };
    expect(shortcutOf(press('e', altGr), true)).toBeNull();
    expect(shortcutOf(press('e', { altKey: true, getModifierState: () => true }), true)).toBeNull();
  });

  test('that type something do not act while one is writing', () => {
    expect(shortcutOf(press('?', { shiftKey: true }), false)).toBe('help');
    expect(shortcutOf(press('?', { shiftKey: true }), true)).toBeNull();
    expect(shortcutOf(press('j'), false)).toBeNull();
  });

  test('send as the operator has chosen, and Shift+Enter never does', () => {
    expect(sends(press('Enter'), 'enter')).toBe(true);
    expect(sends(press('Enter'), 'ctrl-enter')).toBe(false);
    expect(sends(press('Enter', { ctrlKey: true }), 'ctrl-enter')).toBe(true);
    expect(sends(press('Enter', { shiftKey: true }), 'enter')).toBe(false);
    expect(sends(press('Enter', { isComposing: true }), 'enter')).toBe(false);
  });

  test('move along the list and stop at its ends', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b');
    expect(neighbour(['a', 'b'], null, 1)).toBe('a');
    expect(neighbour(['a', 'b'], 'gone', -1)).toBe('b');
    expect(neighbour([], null, 1)).toBeNull();
  });
});

describe('canned replies', () => {
  const all: readonly Canned[] = [
    { id: '1', municipality: null, shortcut: 'labas', title: 'Pasisveikinimas', text: 'Laba diena' },
    {
      id: '2',
      municipality: null,
      shortcut: 'šiukšlės',
      title: 'Atliekos',
      text: 'Atliekas veža labai anksti',
    },
  ];

  test('are asked for with "/" at the very beginning', () => {
    expect(slashQuery('/')).toBe('');
    expect(slashQuery('/lab')).toBe('lab');
    expect(slashQuery('žr. /lab')).toBeNull();
    expect(slashQuery('/lab\n')).toBeNull();
  });

  test('are found without diacritics, by shortcut before text', () => {
    expect(matching(all, 'siuk').map((item) => item.id)).toEqual(['2']);
    expect(matching(all, 'lab').map((item) => item.id)).toEqual(['1', '2']);
    expect(matching(all, 'nėra tokio')).toEqual([]);
  });

  test('are filled with what is known, and the rest stays open', () => {
    const known = { vardas: null, savivaldybe: 'Trakų r. sav.', operatorius: 'Rūta' };
    const filled = fill('Laba diena, {{vardas}}! {{ savivaldybe }}, {{operatorius}}', known);
    expect(filled.text).toBe('Laba diena, {{vardas}}! Trakų r. sav., Rūta');
    expect(filled.open).toEqual([12, 22]);
    expect(fill('{{Savivaldybė}}', known).text).toBe('Trakų r. sav.');
    expect(openPlaceholder('be vietų')).toBeNull();
  });

  test.each([
    ['Ona Petraitienė', 'Ona Petraitiene'],
    ['Jonas Kazlauskas', 'Jonai Kazlauskai'],
    ['Vytautas Paulius', 'Vytautai Pauliau'],
    ['Matas Kubilys', 'Matai Kubily'],
    ['Andrėjas Petraitis', 'Andrėjau Petraiti'],
    ['John Smith', 'John Smith'],
  ])('call %s out as %s', (name, expected) => {
    expect(vocative(name)).toBe(expected);
  });

  test('do not take "$&" in a name for an instruction', () => {
    expect(fill('{{operatorius}}', { vardas: null, savivaldybe: null, operatorius: '$&' }).text).toBe('$&');
  });
});

describe('drafts', () => {
  const item: Outgoing = {
    id: 'a',
    conversation: 'k1',
    kind: 'reply',
    text: 'labas',
    service: null,
    attachments: [],
    at: '',
    failed: true,
    reason: null,
  };

  test('are kept by conversation and kind, for the next page too', () => {
    const memory = new FakeMemory();
    const drafts = new Drafts(memory, memory, 'o1');
    drafts.set('k1', 'reply', 'pradėjau');
    drafts.set('k1', 'note', 'sau');
    drafts.set('k2', 'reply', 'kitam');
    drafts.set('k2', 'reply', ' ');
    const later = new Drafts(memory, memory, 'o1');
    expect([later.get('k1', 'reply'), later.get('k1', 'note'), later.get('k2', 'reply')]).toEqual([
      'pradėjau',
      'sau',
      '',
    ]);
  });

  test('of one operator are not shown to another', () => {
    const memory = new FakeMemory();
    new Drafts(memory, memory, 'o1').set('k1', 'reply', 'mano');
    expect(new Drafts(memory, memory, 'o2').get('k1', 'reply')).toBe('');
  });

  test('are forgotten at signing out', () => {
    const memory = new FakeMemory();
    const drafts = new Drafts(memory, memory, 'o1');
    drafts.set('k1', 'reply', 'mano');
    drafts.outbox = [item];
    drafts.forget();
    expect(memory.items.size).toBe(0);
  });

  test('survive a broken or full storage', () => {
    const memory = new FakeMemory();
    memory.setItem('langelis:pultas:o1:drafts', '{broken');
    memory.setItem('langelis:pultas:o1:outbox', '[{"id":1}]');
    const drafts = new Drafts(memory, memory, 'o1');
    expect(drafts.get('k1', 'reply')).toBe('');
    expect(drafts.outbox).toEqual([]);
    memory.setItem = () => {
      throw new Error('full');
    };
    expect(() => {
      drafts.set('k1', 'reply', 'x');
    }).not.toThrow();
  });
});

describe('settings', () => {
  test('are kept, and what cannot be read is as at first', () => {
    const memory = new FakeMemory();
    saveSettings(memory, { ...DEFAULTS, theme: 'dark', repeat: true });
    expect(loadSettings(memory)).toEqual({ ...DEFAULTS, theme: 'dark', repeat: true });
    expect(parseSettings('{"theme":"pink","sound":1}')).toEqual(DEFAULTS);
    expect(parseSettings('[')).toEqual(DEFAULTS);
  });

  test('sound is on at first', () => {
    expect(DEFAULTS.sound).toBe(true);
  });
});

describe('alerts', () => {
  const base = { id: 'k1', owner: 'queued', operator: null, unread: 1 } as Summary;
  const mine: Summary = { ...base, owner: 'operator', operator: { id: 'o1', name: 'Rūta' } };
  const frame = (summary: Summary, author: string | null = null): EventFrame =>
    ({ summary, row: author === null ? null : { author } }) as EventFrame;
  const kind = (
    event: EventFrame,
    before: Summary | undefined,
    watched: string | null = null,
  ): string | undefined => alertFor(event, { me: 'o1', before, watched })?.kind;

  test('come when somebody begins to wait, not while they wait', () => {
    expect(kind(frame(base), undefined)).toBe('queued');
    expect(kind(frame(base, 'resident'), base)).toBeUndefined();
  });

  test('come for a message to me unless I am looking at it', () => {
    expect(kind(frame(mine, 'resident'), mine)).toBe('message');
    expect(kind(frame(mine, 'resident'), mine, 'k1')).toBeUndefined();
    expect(kind(frame(mine, 'operator'), mine)).toBeUndefined();
    expect(kind(frame({ ...mine, operator: { id: 'o2', name: 'J' } }, 'resident'), mine)).toBeUndefined();
  });

  test('come when a colleague hands me a conversation, not when I take it', () => {
    expect(kind(frame(mine), { ...mine, operator: { id: 'o2', name: 'Jonas' } })).toBe('given');
    expect(kind(frame(mine), base)).toBeUndefined();
  });

  function alerts(settings = DEFAULTS): { made: Alerts; told: string[]; timers: FakeTimers } {
    const told: string[] = [];
    const timers = new FakeTimers();
    const signals = {
      sound: (sound: string) => told.push(`sound ${sound}`),
      notify: (alert: Alert) => told.push(`notify ${alert.kind}`),
      title: (text: string) => told.push(text),
    };
    return { made: new Alerts(signals, timers, 'Pultas', settings), told, timers };
  }

  test('are heard and shown only as the settings say', () => {
    const { made, told } = alerts({ ...DEFAULTS, sound: false, notify: true });
    made.raise({ kind: 'queued', conversation: 'k1', summary: base });
    expect(told).toEqual(['notify queued']);
  });

  test('repeat until everything is read, when that is wished', () => {
    const { made, told, timers } = alerts({ ...DEFAULTS, repeat: true });
    made.follow(2);
    timers.pass(90_000);
    made.follow(0);
    timers.pass(90_000);
    expect(told).toEqual(['(2) Pultas', 'sound message', 'sound message', 'sound message', 'Pultas']);
  });

  test('do not repeat otherwise', () => {
    const { made, told, timers } = alerts();
    made.follow(1);
    timers.pass(120_000);
    expect(told).toEqual(['(1) Pultas']);
    expect(titleWith(120, 'Pultas')).toBe('(99+) Pultas');
  });
});

describe('the interface', () => {
  function api(status: number, body: unknown): { made: Api; seen: RequestInit[]; expired: () => boolean } {
    const seen: RequestInit[] = [];
    let over = false;
    const fetch = (_path: string, init: RequestInit): Promise<Response> => {
      seen.push(init);
      return Promise.resolve(
        new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
      );
    };
    const made = new Api(fetch, () => {
      over = true;
    });
    return { made, seen, expired: () => over };
  }

  test('sends the token with changes only', async () => {
    const { made, seen } = api(200, {});
    made.token = 'csrf-1';
    await made.get('/me');
    await made.post('/canned', { title: 'a' });
    expect(seen.map((init) => (init.headers as Record<string, string>)['X-CSRF-Token'])).toEqual([
      undefined,
      'csrf-1',
    ]);
    expect(seen.map((init) => init.credentials)).toEqual(['same-origin', 'same-origin']);
  });

  test("carries the server's words and code", async () => {
    const { made } = api(409, { error: { code: 'again', message: 'Terminas jau pratęstas.' } });
    const failed = await made.post('/cases/1/extend').catch((error: unknown) => error);
    expect(failed).toMatchObject({ status: 409, code: 'again', message: 'Terminas jau pratęstas.' });
  });

  test('tells once the session is over', async () => {
    const { made, expired } = api(401, { error: { code: 'sign_in_required', message: '' } });
    await expect(made.get('/me')).rejects.toMatchObject({ expired: true });
    expect(expired()).toBe(true);
  });

  test('understands a page of a proxy, and no answer at all', async () => {
    const { made } = api(502, '<html>Bad gateway</html>');
    await expect(made.get('/me')).rejects.toMatchObject({ status: 502, code: 'internal' });
    const offline = new Api(
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => undefined,
    );
    const failed = await offline.get('/me').catch((error: unknown) => error);
    expect(failed instanceof ApiError && failed.offline).toBe(true);
  });

  test('asks only for what was chosen', () => {
    expect(queryString({ tab: 'mine', before: null, q: '', overdue: false, page: 2 })).toBe(
      '?tab=mine&page=2',
    );
    expect(queryString({})).toBe('');
  });
});

describe('addresses', () => {
  test('lead to where they were made', () => {
    expect(routeOf(addressOf('conversations', 'a/b č', 12))).toEqual({
      view: 'conversations',
      id: 'a/b č',
      seq: 12,
    });
    expect(routeOf(addressOf('cases', 'TR-2026-000001'))).toEqual({
      view: 'cases',
      id: 'TR-2026-000001',
      seq: null,
    });
  });

  test('that say nothing lead to the conversations', () => {
    expect(routeOf('')).toEqual({ view: 'conversations', id: null, seq: null });
    expect(routeOf('#/kazkas/%E0%A4%A')).toEqual({ view: 'conversations', id: null, seq: null });
  });
});

test('nouns follow their numbers', () => {
  const days = [1, 2, 9, 10, 11, 12, 19, 20, 21, 22, 100, 111].map((count) =>
    counted(count, 'diena', 'dienos', 'dienų'),
  );
  expect(days.map((words) => words.split(' ')[1])).toEqual([
    'diena',
    'dienos',
    'dienos',
    'dienų',
    'dienų',
    'dienų',
    'dienų',
    'dienų',
    'diena',
    'dienos',
    'dienų',
    'dienų',
  ]);
});

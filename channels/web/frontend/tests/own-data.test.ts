/** The resident's own data in the window, and what the operator is told in passing. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../src/session';
import { row, type FakeNetwork, type FakeTimers, type FakeVault } from './fakes';
import { shown, Stage } from './stage';

let stage: Stage;
let timers: FakeTimers;
let network: FakeNetwork;
let vault: FakeVault;

beforeEach(() => {
  stage = new Stage();
  ({ timers, network, vault } = stage);
});

describe('own data', () => {
  test('a copy is asked for and its page is kept', () => {
    const session = stage.started();
    session.askCopy();
    expect(network.last.sent.at(-1)).toEqual({ type: 'copy' });
    network.last.say({ type: 'copy', path: '/copy/x' });
    expect(session.copyPath).toBe('/copy/x');
  });

  test('no page of another server is taken for the copy', () => {
    const session = stage.started();
    session.askCopy();
    for (const path of ['https://evil.example/copy/x', '//evil.example/', '/m/trakai', 7, null])
      network.last.say({ type: 'copy', path });
    expect(session.copyPath).toBeNull();
  });

  test('what is wished without a line is done when there is one', () => {
    const session = stage.begin();
    session.erase();
    expect(network.last.types()).toEqual([]);
    network.welcome();
    expect(network.last.types()).toEqual(['hello', 'erase']);
  });

  test('after the deletion nothing is left and a new conversation begins below what was said', () => {
    vault.token = 'token-1';
    const session = stage.started();
    for (const seq of [1, 2]) network.last.say(row(seq, 'bot'));
    session.markRead();
    session.send('dar vienas');
    session.erase();
    const before = network.last;
    before.say({ type: 'erased', text: 'Pokalbis ištrintas. Liko TR-2026-000001.' });
    expect(before.closed).toBe(true);
    expect([vault.token, vault.lastRead, vault.outbox]).toEqual([null, 0, []]);
    network.welcome({ token: 'token-2', last_seq: 1 });
    expect(network.last.sent).toEqual([{ type: 'hello', municipality: 'trakai' }]);
    network.last.say(row(1, 'bot'));
    expect(shown(session)).toEqual(['0 Pokalbis ištrintas. Liko TR-2026-000001.', '1 žinutė 1']);
    expect(session.store.cursor).toBe(1);
    timers.pass(120_000);
    expect(session.store.outbox).toEqual([]);
  });

  test('another tab that has begun anew is followed', () => {
    vault.token = 'token-1';
    stage.started();
    vault.token = 'token-2';
    network.last.say({ type: 'erased', text: 'Ištrinta' });
    network.last.events.onOpen();
    expect(network.last.sent[0]).toMatchObject({ token: 'token-2', after: 0 });
  });

  test('a conversation that another tab left is not mixed with the new one', () => {
    vault.token = 'token-1';
    const session = stage.started();
    for (const seq of [1, 2, 3]) network.last.say(row(seq, 'bot'));
    vault.token = 'token-2';
    network.last.events.onClose();
    timers.pass(2_000);
    network.last.events.onOpen();
    expect(network.last.sent[0]).toMatchObject({ token: 'token-2', after: 0 });
    expect(session.store.entries).toEqual([]);
  });

  test('a line that breaks in the middle of the deletion ends the same way', () => {
    vault.token = 'token-1';
    const session = stage.started();
    network.last.say(row(1, 'bot'));
    session.erase();
    network.last.events.onClose();
    timers.pass(2_000);
    network.last.events.onOpen();
    network.last.say({ type: 'error', code: 'token_invalid', message: 'Šio pokalbio tęsti nepavyko.' });
    // The wish is sent again only to the conversation that it was about.
    timers.pass(2_000);
    network.welcome({ token: 'token-2' });
    expect(network.last.types()).toEqual(['hello']);
    expect(shown(session)).toEqual(['0 Ištrinta.']);
  });
});

describe('what the operator is told in passing', () => {
  const owner = (owner: string, seq = 2): unknown => ({
    type: 'owner',
    seq,
    owner,
    text: 'Prisijungė Rima.',
    at: '2026-11-21T10:00:00Z',
  });

  function withPerson(): Session {
    const session = stage.started();
    network.last.say(row(1, 'bot'));
    network.last.say(owner('operator'));
    return session;
  }

  function hints(): unknown[] {
    return network.last.sent.filter((frame) => frame.type === 'typing' || frame.type === 'read');
  }

  test('writing is told at once, again while it lasts, and its end after a pause', () => {
    const session = withPerson();
    for (let second = 0; second < 12; second += 1) {
      session.write('Laba');
      timers.pass(1_000);
    }
    expect(hints()).toEqual([
      { type: 'typing', on: true },
      { type: 'typing', on: true },
      { type: 'typing', on: true },
    ]);
    timers.pass(4_000);
    expect(hints().at(-1)).toEqual({ type: 'typing', on: false });
    expect(hints()).toHaveLength(4);
  });

  test.each([
    [
      'sending',
      (session: Session) => {
        session.send('Laba diena');
      },
    ],
    [
      'emptying the field',
      (session: Session) => {
        session.write(' ');
      },
    ],
    [
      'leaving the window',
      (session: Session) => {
        session.rest();
      },
    ],
  ])('%s ends the writing', (_, stop) => {
    const session = withPerson();
    session.write('Laba');
    stop(session);
    expect(hints()).toEqual([
      { type: 'typing', on: true },
      { type: 'typing', on: false },
    ]);
    session.rest();
    expect(hints()).toHaveLength(2);
  });

  test('the bot is told nothing', () => {
    const session = stage.started();
    network.last.say(row(1, 'bot'));
    session.write('Laba');
    session.markRead();
    timers.pass(10_000);
    expect(hints()).toEqual([]);
  });

  test('rows that come together are told as read once, and not again', () => {
    const session = withPerson();
    for (const seq of [3, 4, 5]) {
      network.last.say(row(seq, 'operator'));
      session.markRead();
    }
    timers.pass(1_000);
    session.markRead();
    timers.pass(1_000);
    expect(hints()).toEqual([{ type: 'read', seq: 5 }]);
  });

  test('what could not be told without a line is told when there is one', () => {
    const session = withPerson();
    session.markRead();
    network.last.events.onClose();
    timers.pass(500);
    timers.pass(2_000);
    network.welcome({ owner: 'operator', last_seq: 2 });
    session.markRead();
    timers.pass(1_000);
    expect(hints()).toEqual([{ type: 'read', seq: 2 }]);
  });

  test('a hint waits for no answer: silence after it does not break the line', () => {
    const session = withPerson();
    session.write('Laba');
    timers.pass(15_000);
    expect(network.sockets).toHaveLength(1);
    expect(network.last.closed).toBe(false);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { row, welcome, type FakeNetwork, type FakeTimers, type FakeVault } from './fakes';
import { shown, Stage } from './stage';

let stage: Stage;
let timers: FakeTimers;
let network: FakeNetwork;
let vault: FakeVault;
let told: string[];

beforeEach(() => {
  stage = new Stage();
  ({ timers, network, vault, told } = stage);
});

describe('a new conversation', () => {
  test('begins without a token and keeps the one it is given', () => {
    stage.started();
    expect(network.last.sent[0]).toEqual({ type: 'hello', municipality: 'trakai' });
    expect(vault.token).toBe('token-1');
  });

  test('resumes after the last row of the unbroken run', () => {
    vault.token = 'old';
    const session = stage.started();
    for (const seq of [1, 2, 4]) network.last.say(row(seq, 'bot'));
    network.last.events.onClose();
    timers.pass(2_000);
    network.last.events.onOpen();
    expect(network.last.sent[0]).toMatchObject({ after: 2 });
    expect(session.store.lastSeq).toBe(4);
  });

  test('shows a row once however often it comes, in the order of the numbers', () => {
    const session = stage.started();
    for (const seq of [2, 1, 2, 3, 1]) network.last.say(row(seq, 'bot'));
    expect(shown(session)).toEqual(['1 žinutė 1', '2 žinutė 2', '3 žinutė 3']);
    expect(told).toEqual(['2 bot', '1 bot', '3 bot']);
  });
});

describe('a sent message', () => {
  test('waits in the outbox until it is accepted, and its element is kept', () => {
    const session = stage.started();
    session.send('Labas', '/greet');
    expect(network.last.sent.at(-1)).toEqual({
      type: 'message',
      client_id: 'id-1',
      text: 'Labas',
      payload: '/greet',
    });
    expect(session.store.outbox).toHaveLength(1);
    network.last.say({ type: 'accepted', client_id: 'id-1', seq: 1 });
    expect(session.store.outbox).toEqual([]);
    expect(session.store.entries[0]).toMatchObject({ key: 'id-1', seq: 1, author: 'resident' });
  });

  test.each([
    ['accepted first', [0, 1]],
    ['row first', [1, 0]],
    ['accepted twice', [0, 0, 1]],
  ])('appears once whatever the order of the frames: %s', (_name, order) => {
    const session = stage.started();
    session.send('Labas');
    const answers = [
      { type: 'accepted', client_id: 'id-1', seq: 1 },
      row(1, 'resident', { client_id: 'id-1', text: 'Labas' }),
    ];
    for (const index of order) network.last.say(answers[index]);
    expect(shown(session)).toEqual(['1 Labas']);
    expect(session.store.outbox).toEqual([]);
    expect(told).toEqual(['1 resident']);
  });

  test('is sent again with the same id after a break', () => {
    const session = stage.started();
    session.send('Labas');
    network.last.events.onClose();
    timers.pass(1_000);
    network.welcome();
    expect(network.last.sent.at(-1)).toMatchObject({ client_id: 'id-1', text: 'Labas' });
  });

  test('written before there is a line leaves with the welcome', () => {
    const session = stage.begin();
    session.send('Labas');
    network.welcome();
    expect(network.last.types()).toEqual(['hello', 'message']);
  });

  test('survives a reload of the page', () => {
    stage.begin().send('Labas');
    const reloaded = stage.begin();
    expect(reloaded.store.outbox).toMatchObject([{ clientId: 'id-1', text: 'Labas', failed: false }]);
  });

  test('fails after a minute of silence and can be sent again or discarded', () => {
    const session = stage.begin();
    session.send('Labas');
    timers.pass(60_000);
    expect(session.store.outbox[0]?.failed).toBe(true);
    session.retry('id-1');
    expect(session.store.outbox[0]?.failed).toBe(false);
    session.discard('id-1');
    expect(session.store.outbox).toEqual([]);
    expect(vault.outbox).toEqual([]);
  });

  test('that failed is not sent by itself when the line is back', () => {
    const session = stage.begin();
    session.send('Labas');
    timers.pass(60_000);
    network.welcome();
    expect(network.last.types()).not.toContain('message');
    expect(session.store.outbox).toHaveLength(1);
  });

  test.each([
    ['rate_limited', true],
    ['text_too_long', false],
  ])('refused as %s may be retried: %s', (code, retryable) => {
    const session = stage.started();
    session.send('Labas');
    network.last.say({ type: 'error', code, message: 'Negalima.', client_id: 'id-1' });
    expect(session.store.outbox[0]).toMatchObject({ failed: true, reason: 'Negalima.', retryable });
    expect(told).toEqual([code]);
  });
});

describe('errors of the whole conversation', () => {
  test('a token that is not known gives way to a new conversation that keeps the unsent message', () => {
    vault.token = 'lost';
    const session = stage.begin();
    session.send('Labas');
    network.last.events.onOpen();
    network.last.say({ type: 'error', code: 'token_invalid', message: 'Pokalbio nėra.' });
    const socket = network.welcome({ token: 'fresh' });
    expect(socket.sent[0]).toEqual({ type: 'hello', municipality: 'trakai' });
    expect(socket.sent[1]).toMatchObject({ text: 'Labas' });
    expect(vault.token).toBe('fresh');
  });

  test('an unknown municipality is said and not asked for again', () => {
    const session = stage.begin();
    session.start();
    network.last.events.onOpen();
    network.last.say({ type: 'error', code: 'unknown_municipality', message: 'Tokios savivaldybės nėra.' });
    expect(session.notice).toBe('Tokios savivaldybės nėra.');
    timers.pass(120_000);
    expect(network.sockets).toHaveLength(1);
  });
});

test('a server that asks for patience gets it', () => {
  const session = stage.begin();
  session.start();
  network.last.events.onOpen();
  network.last.say({ type: 'error', code: 'rate_limited', message: 'Palaukite 20 s.', retry_after: 20 });
  network.last.events.onClose();
  timers.pass(19_999);
  expect(network.sockets).toHaveLength(1);
  timers.pass(1);
  expect(network.sockets).toHaveLength(2);
});

describe('replay and reading', () => {
  test('rows from before are a replay until the last of them', () => {
    vault.token = 'old';
    const session = stage.begin();
    session.start();
    network.welcome({ last_seq: 2 });
    network.last.say(row(1, 'bot'));
    expect(session.store.replaying).toBe(true);
    network.last.say(row(2, 'bot'));
    expect(session.store.replaying).toBe(false);
    network.last.say(row(3, 'bot'));
    expect(told).toEqual(['3 bot']);
  });

  test('the greeting of a new conversation is news', () => {
    const session = stage.begin();
    session.start();
    network.welcome({ last_seq: 1 });
    expect(session.store.replaying).toBe(false);
    network.last.say(row(1, 'bot'));
    expect(told).toEqual(['1 bot']);
  });

  test('a replay whose last row never comes ends by itself', () => {
    vault.token = 'old';
    const session = stage.begin();
    session.start();
    network.welcome({ last_seq: 9 });
    timers.pass(3_000);
    expect(session.store.replaying).toBe(false);
  });

  test('what others said since the last look is unread', () => {
    const session = stage.started();
    network.last.say(row(1, 'bot'));
    session.markRead();
    network.last.say(row(2, 'resident'));
    network.last.say(row(3, 'operator'));
    expect(session.store.unread).toBe(1);
    session.markRead();
    expect(session.store.unread).toBe(0);
    expect(vault.lastRead).toBe(3);
  });

  test('a new conversation forgets the old one entirely', () => {
    const session = stage.started();
    network.last.say(row(1, 'bot'));
    session.send('Labas');
    session.markRead();
    session.reset();
    network.welcome({ token: 'token-2' });
    expect(network.last.types()).toEqual(['hello']);
    expect(session.store.entries).toEqual([]);
    expect([vault.token, vault.lastRead, vault.outbox]).toEqual(['token-2', 0, []]);
  });
});

test('who answers changes with the owner frames, which are lines of the log', () => {
  const session = stage.started();
  network.last.say({ type: 'owner', seq: 1, owner: 'operator', text: 'Prisijungė darbuotojas.', at: '' });
  expect(session.store.owner).toBe('operator');
  expect(session.store.entries[0]).toMatchObject({ author: 'system', text: 'Prisijungė darbuotojas.' });
});

test('somebody who stops typing without saying so is not typing for ever', () => {
  const session = stage.started();
  network.last.say({ type: 'typing', on: true });
  expect(session.store.typing).toBe(true);
  timers.pass(30_000);
  expect(session.store.typing).toBe(false);
});

describe('files', () => {
  const file = { id: 'f1', name: 'nuotrauka.jpg', mediaType: 'image/jpeg', size: 10 };

  test('go by their ids and stay with the message when it is accepted', () => {
    const session = stage.started();
    session.send('', null, [file]);
    expect(network.last.sent.at(-1)).toMatchObject({ type: 'message', text: '', attachments: ['f1'] });
    network.last.say({ type: 'accepted', client_id: 'id-1', seq: 1 });
    expect(session.store.entries.at(-1)).toMatchObject({ seq: 1, attachments: [file] });
  });

  test('of a message that was not acknowledged go again with it', () => {
    const session = stage.started();
    session.send('štai', null, [file]);
    network.last.events.onClose();
    timers.pass(2_000);
    network.welcome();
    expect(network.last.sent.at(-1)).toMatchObject({ client_id: 'id-1', attachments: ['f1'] });
    expect(vault.outbox).toMatchObject([{ attachments: [file] }]);
  });

  test('of others are shown', () => {
    const session = stage.started();
    const sent = { id: 'f2', name: 'raštas.pdf', media_type: 'application/pdf', size: 20 };
    network.last.say(row(1, 'operator', { text: '', attachments: [sent, { name: 'be id' }] }));
    expect(session.store.entries[0]?.attachments).toEqual([
      { id: 'f2', name: 'raštas.pdf', mediaType: 'application/pdf', size: 20 },
    ]);
  });
});

describe('going on on Telegram', () => {
  test('is offered only where the server has a bot, and the way there is kept until the resident stays', () => {
    const session = stage.started();
    expect(session.store.telegram).toBe(false);
    network.last.say(welcome({ telegram: true }));
    expect(session.store.telegram).toBe(true);
    session.goOn();
    expect(network.last.sent.at(-1)).toEqual({ type: 'continue' });
    network.last.say({
      type: 'continue',
      code: 'ABCD-2345',
      url: 'https://t.me/langelis_bot?start=t_ABCD2345',
    });
    expect(session.store.goingOn?.code).toBe('ABCD-2345');
    session.stayHere();
    expect(session.store.goingOn).toBeNull();
  });

  test('a way that leads elsewhere is none', () => {
    const session = stage.started();
    network.last.say({ type: 'continue', code: 'ABCD-2345', url: 'https://example.lt/' });
    expect(session.store.goingOn).toBeNull();
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '../../src/operator/alerts';
import { Desk } from '../../src/operator/desk';
import { FakeTimers } from '../fakes';
import { FakeMemory, FakeServer } from './server';

let server: FakeServer;
let timers: FakeTimers;
let lasting: FakeMemory;
let passing: FakeMemory;
let sounds: string[];
let ids: number;
let sentFiles: string[];

function desk(): Desk {
  return new Desk({
    fetch: server.fetch,
    openSocket: server.openSocket,
    timers,
    lasting,
    passing,
    newId: () => `id-${String((ids += 1))}`,
    now: () => timers.now,
    random: () => 0.5,
    sendFile: (conversation, token) => (file) => {
      sentFiles.push(`${conversation} ${token} ${file.name}`);
      return {
        done: Promise.resolve({ id: 'f1', name: file.name, mediaType: '', size: 1 }),
        cancel: () => undefined,
      };
    },
    signals: {
      sound: (kind) => sounds.push(kind),
      notify: (alert: Alert) => sounds.push(`notify ${alert.conversation}`),
      title: (text) => sounds.push(text),
    },
  });
}

/** Lets the answers of the fake server arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

async function started(): Promise<Desk> {
  const made = desk();
  await made.start();
  server.accept();
  await settle();
  return made;
}

/** Time passes until the page has connected again. */
async function reconnected(): Promise<void> {
  timers.pass(2_000);
  server.accept();
  await settle();
}

function texts(made: Desk, id = 'k1'): string[] {
  return made.state.threads.get(id)?.rows.map((row) => row.text) ?? [];
}

beforeEach(() => {
  sentFiles = [];
  server = new FakeServer();
  timers = new FakeTimers();
  lasting = new FakeMemory();
  passing = new FakeMemory();
  sounds = [];
  ids = 0;
});

describe('catching up', () => {
  test('begins after the event that the lists already contain', async () => {
    server.write('k1', 'resident', 'ar kas yra?');
    const made = await started();
    expect(server.frames[0]).toEqual({ type: 'hello', after: 1 });
    expect(made.state.conversations.get('k1')?.lastText).toBe('ar kas yra?');
  });

  const STEPS = 7;
  test.each(Array.from({ length: STEPS + 1 }, (_, step) => step))(
    'misses nothing and doubles nothing when cut before step %i',
    async (cutAt) => {
      const made = await started();
      await made.openThread('k1');
      const steps: (() => void)[] = [
        () => void made.claim('k1'),
        () => server.write('k1', 'resident', 'pirma'),
        () => {
          made.reply('k1', 'atsakau');
        },
        () => server.write('k1', 'resident', 'antra'),
        () => {
          made.note('k1', 'pastaba');
        },
        () => server.write('k1', 'resident', 'trečia'),
        () => {
          made.reply('k1', 'viso gero');
        },
      ];
      expect(steps).toHaveLength(STEPS);
      for (const [index, step] of steps.entries()) {
        if (index === cutAt) server.cut();
        step();
        await settle();
        if (index === cutAt) await reconnected();
      }
      if (cutAt === STEPS) server.cut();
      await reconnected();
      const wanted = server.conversations.get('k1')?.rows.map((row) => row.text);
      expect(texts(made)).toEqual(wanted);
      expect(wanted).toEqual([
        'labas',
        'Prisijungė Rūta',
        'pirma',
        'atsakau',
        'antra',
        'trečia',
        'viso gero',
      ]);
      expect(made.state.threads.get('k1')?.notes.map((note) => note.text)).toEqual(['pastaba']);
      expect(made.state.outbox).toEqual([]);
      expect(made.state.lastEvent).toBe(server.events.length);
    },
  );

  test('sends once more, with the same id, what was not answered', async () => {
    const made = await started();
    await made.openThread('k1');
    await made.claim('k1');
    server.cut();
    made.reply('k1', 'ar girdite?');
    await reconnected();
    server.cut();
    await reconnected();
    const replies = server.frames.filter((frame) => frame.type === 'reply');
    expect(new Set(replies.map((frame) => frame.id)).size).toBe(1);
    expect(texts(made).filter((text) => text === 'ar girdite?')).toHaveLength(1);
  });

  test('loads anew when the server no longer has what was missed', async () => {
    const made = await started();
    await made.openThread('k1');
    made.watched = 'k1';
    server.cut();
    server.write('k1', 'resident', 'viena');
    server.add('k2');
    server.publish({
      kind: 'state',
      conversation: 'k2',
      summary: { ...server.conversations.get('k2')?.summary },
    });
    server.forgotten = server.events.length;
    await reconnected();
    expect(texts(made)).toEqual(['labas', 'viena']);
    expect([...made.state.conversations.keys()]).toEqual(['k1', 'k2']);
    server.write('k1', 'resident', 'dvi');
    expect(texts(made)).toEqual(['labas', 'viena', 'dvi']);
  });

  test('loads anew when the server has begun to count from the start', async () => {
    const made = await started();
    for (const text of ['a', 'b', 'c']) server.write('k1', 'resident', text);
    server.cut();
    server.events.length = 0;
    await reconnected();
    expect(made.state.lastEvent).toBe(0);
    server.write('k1', 'resident', 'd');
    expect(made.state.conversations.get('k1')?.lastText).toBe('d');
  });

  test('reads a thread anew when a row of it is missing', async () => {
    const made = await started();
    await made.openThread('k1');
    server.conversations.get('k1')?.rows.push({ seq: 2, author: 'bot', text: 'nepastebėta', at: '' });
    server.write('k1', 'resident', 'po jos');
    await settle();
    expect(texts(made)).toEqual(['labas', 'nepastebėta', 'po jos']);
  });

  test('gives signs of life while the server is talking', async () => {
    await started();
    for (let second = 0; second < 60; second += 5) {
      server.write('k1', 'resident', 'dar');
      timers.pass(5_000);
    }
    expect(server.frames.filter((frame) => frame.type === 'ping').length).toBeGreaterThanOrEqual(3);
  });
});

describe('a reply', () => {
  test('keeps its text and tells why when the conversation is no longer ours', async () => {
    const made = await started();
    made.reply('k1', 'per vėlu');
    await settle();
    expect(made.state.outbox).toMatchObject([{ text: 'per vėlu', failed: true }]);
    expect(made.state.outbox[0]?.reason).toContain('nebe Jūsų');
    made.retry(made.state.outbox[0]?.id ?? '');
    await settle();
    made.discard(made.state.outbox[0]?.id ?? '');
    expect(made.state.outbox).toEqual([]);
  });

  test('that was refused goes through once the conversation is ours', async () => {
    const made = await started();
    await made.openThread('k1');
    made.reply('k1', 'tuoj');
    await settle();
    await made.claim('k1');
    made.retry(made.state.outbox[0]?.id ?? '');
    await settle();
    expect(made.state.outbox).toEqual([]);
    expect(texts(made)).toEqual(['labas', 'Prisijungė Rūta', 'tuoj']);
  });

  test('outlives a session that expires in the middle of it', async () => {
    const made = await started();
    await made.claim('k1');
    made.drafts.set('k1', 'reply', 'rašau ilgą atsa');
    server.signedIn = false;
    server.cut();
    made.reply('k1', 'jau parašyta');
    await settle();
    expect(made.expired).toBe(true);
    server.signedIn = true;
    const after = await started();
    await settle();
    expect(after.drafts.get('k1', 'reply')).toBe('rašau ilgą atsa');
    expect(server.conversations.get('k1')?.rows.at(-1)?.text).toBe('jau parašyta');
    expect(after.state.outbox).toEqual([]);
  });

  test('is marked failed, not lost, when no answer ever comes', async () => {
    const made = await started();
    server.online = false;
    server.cut();
    made.reply('k1', 'be ryšio');
    timers.pass(61_000);
    await settle();
    expect(made.state.outbox).toMatchObject([{ text: 'be ryšio', failed: true, reason: null }]);
  });
});

describe('starting', () => {
  test('tries again while there is no network', async () => {
    server.online = false;
    const made = desk();
    await made.start();
    expect(made.starting).toBe('failed');
    server.online = true;
    timers.pass(5_000);
    await settle();
    expect(made.starting).toBe('ready');
  });

  test('says that the session is over instead of trying', async () => {
    server.signedIn = false;
    const made = desk();
    await made.start();
    expect(made.expired).toBe(true);
    timers.pass(60_000);
    expect(server.requests).toHaveLength(1);
  });
});

describe('commands that may not be repeated', () => {
  test('say that nobody knows whether they were done when the line breaks', async () => {
    const made = await started();
    const closing = made.close('k1', 'answered', 'Darželiai', '');
    server.cut();
    expect(await closing).toContain('Ryšys nutrūko');
  });
});

test('sounds for a new wait, and for a message in an own conversation that is not on screen', async () => {
  const made = await started();
  server.add('k2');
  server.publish({
    kind: 'state',
    conversation: 'k2',
    summary: { ...server.conversations.get('k2')?.summary },
  });
  await made.claim('k1');
  server.write('k1', 'resident', 'girdite?', {}, { unread: 1 });
  made.watched = 'k1';
  server.write('k1', 'resident', 'ei', {}, { unread: 2 });
  expect(sounds.filter((sound) => !sound.includes('Langelis'))).toEqual(['queued', 'message']);
});

test('marks as read what is on screen, once', async () => {
  const made = await started();
  await made.claim('k1');
  server.write('k1', 'resident', 'klausimas', {}, { unread: 1 });
  made.markRead('k1');
  made.markRead('k1');
  expect(server.frames.filter((frame) => frame.type === 'read')).toMatchObject([
    { conversation: 'k1', seq: 3 },
  ]);
  expect(made.state.conversations.get('k1')?.unread).toBe(0);
});

describe('files', () => {
  test('go with the reply they were added to, in the session they were sent in', async () => {
    const made = await started();
    const uploads = made.uploadsOf('k1');
    uploads.add([new File(['x'], 'raštas.txt')]);
    await settle();
    expect(sentFiles).toEqual([`k1 ${made.api.token ?? ''} raštas.txt`]);
    expect(made.uploadsOf('k1')).toBe(uploads);
    expect(made.uploadsOf('k2').items).toEqual([]);
    made.reply('k1', '', uploads.attachments);
    expect(made.state.outbox).toMatchObject([{ text: '', attachments: [{ id: 'f1', name: 'raštas.txt' }] }]);
    await settle();
    expect(server.frames.at(-1)).toMatchObject({ type: 'reply', text: '', attachments: ['f1'] });
  });
});

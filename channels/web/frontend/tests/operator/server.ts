/** A small Langelis that speaks the console's contract: a log of events, lists, threads, and sockets that can be cut. */

import type { Fetch } from '../../src/operator/api';
import type { OpenSocket, SocketEvents } from '../../src/socket';

type Json = Record<string, unknown>;

export const ME = { id: 'o1', name: 'Rūta Petraitienė' };

export function summary(id: string, fields: Json = {}): Json {
  return {
    id,
    channel: 'web',
    municipality: 'trakai',
    owner: 'queued',
    operator: null,
    department: null,
    topic: 'Darželiai',
    queued_at: '2026-11-21T10:00:00Z',
    claimed_at: null,
    last_seq: 1,
    last_text: 'labas',
    last_author: 'resident',
    last_at: '2026-11-21T10:00:00Z',
    unread: 1,
    resident_read: 0,
    closed: null,
    cases: [],
    due: null,
    unreachable: false,
    ...fields,
  };
}

interface Conversation {
  summary: Json;
  rows: Json[];
  notes: Json[];
}

interface Line {
  readonly events: SocketEvents;
  alive: boolean;
  greeted: boolean;
}

export class FakeServer {
  readonly conversations = new Map<string, Conversation>();
  readonly events: Json[] = [];
  readonly requests: { method: string; path: string; headers: Record<string, string>; body: unknown }[] = [];
  readonly frames: Json[] = [];
  /** Events up to this one are no longer kept. */
  forgotten = 0;
  signedIn = true;
  online = true;
  private lines: Line[] = [];
  private readonly results = new Map<string, Json>();

  constructor() {
    this.add('k1');
  }

  add(id: string, fields: Json = {}): void {
    this.conversations.set(id, {
      summary: summary(id, fields),
      rows: [{ seq: 1, author: 'resident', text: 'labas', at: '2026-11-21T10:00:00Z' }],
      notes: [],
    });
  }

  /** Somebody writes: a row, and an event about it. */
  write(id: string, author: string, text: string, fields: Json = {}, change: Json = {}): number {
    const conversation = this.get(id);
    const seq = conversation.rows.length + 1;
    const row = { seq, author, text, at: `2026-11-21T10:00:${String(seq).padStart(2, '0')}Z`, ...fields };
    conversation.rows.push(row);
    Object.assign(
      conversation.summary,
      { last_seq: seq, last_text: text, last_author: author, last_at: row.at },
      change,
    );
    this.publish({ kind: 'message', conversation: id, summary: { ...conversation.summary }, row });
    return seq;
  }

  publish(event: Json): void {
    const numbered = { type: 'event', seq: this.events.length + 1, ...event };
    this.events.push(numbered);
    for (const line of this.lines) if (line.alive && line.greeted) this.say(line, numbered);
  }

  /** Cuts every socket; the page notices. */
  cut(): void {
    const cut = this.lines.filter((line) => line.alive);
    this.lines = [];
    for (const line of cut) {
      line.alive = false;
      line.events.onClose();
    }
  }

  get connected(): boolean {
    return this.lines.some((line) => line.alive && line.greeted);
  }

  readonly openSocket: OpenSocket = (events) => {
    const line: Line = { events, alive: true, greeted: false };
    this.lines.push(line);
    return {
      send: (data) => {
        if (line.alive) this.receive(line, JSON.parse(data) as Json);
      },
      close: () => {
        line.alive = false;
      },
    };
  };

  /** The newest socket opens, or fails when nobody is signed in. */
  accept(): void {
    const line = this.lines.at(-1);
    if (line === undefined || !line.alive || line.greeted) return;
    if (this.online && this.signedIn) line.events.onOpen();
    else this.cut();
  }

  readonly fetch: Fetch = (path, init) => {
    if (!this.online) return Promise.reject(new TypeError('Failed to fetch'));
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    const headers = init.headers as Record<string, string>;
    this.requests.push({ method: init.method ?? 'GET', path, headers, body });
    if (!this.signedIn)
      return Promise.resolve(answer({ error: { code: 'sign_in_required', message: 'Prisijunkite.' } }, 401));
    return Promise.resolve(answer(this.respond(new URL(path, 'http://localhost'))));
  };

  private respond(url: URL): unknown {
    const [, , , what, id] = url.pathname.split('/');
    if (what === 'me') return me();
    if (what === 'conversations' && id !== undefined) {
      const { summary: line, rows, notes } = this.get(id);
      return { summary: { ...line }, rows: [...rows], notes: [...notes], earlier: [], cases: [] };
    }
    if (what === 'conversations')
      return { items: this.listed(url.searchParams.get('tab') ?? ''), last_event: this.events.length };
    return [];
  }

  private listed(tab: string): Json[] {
    const all = [...this.conversations.values()].map((conversation) => ({ ...conversation.summary }));
    const owners: Record<string, string[]> = { mine: ['operator'], waiting: ['queued'], closed: ['closed'] };
    return all.filter((item) => owners[tab]?.includes(String(item.owner)) ?? item.owner !== 'closed');
  }

  private receive(line: Line, frame: Json): void {
    this.frames.push(frame);
    if (frame.type === 'hello') this.greet(line, Number(frame.after ?? 0));
    else if (frame.type === 'ping') this.say(line, { type: 'done', id: frame.id });
    else if (frame.type === 'reply' || frame.type === 'note' || frame.type === 'claim')
      this.command(line, frame);
  }

  private greet(line: Line, after: number): void {
    line.greeted = true;
    this.say(line, { type: 'welcome', protocol: 1, last_event: this.events.length, heartbeat_seconds: 25 });
    if (after < this.forgotten) this.say(line, { type: 'reset', last_event: this.events.length });
    else for (const event of this.events.slice(after)) this.say(line, event);
  }

  /** Stores first, then answers: a repeat gives the first result. */
  private command(line: Line, frame: Json): void {
    const id = String(frame.id);
    const first = this.results.get(id);
    const result = first ?? this.execute(frame);
    this.results.set(id, result);
    this.say(line, { ...result, id });
  }

  private execute(frame: Json): Json {
    const id = String(frame.conversation);
    const conversation = this.get(id);
    if (frame.type === 'claim') {
      const change = { owner: 'operator', operator: ME };
      return { type: 'done', seq: this.write(id, 'system', 'Prisijungė Rūta', {}, change) };
    }
    if (conversation.summary.owner !== 'operator') return { type: 'error', code: 'not_owner', message: '' };
    if (frame.type === 'reply')
      return { type: 'done', seq: this.write(id, 'operator', String(frame.text), { operator: ME }) };
    const note = {
      id: String(frame.id),
      conversation: id,
      after_seq: conversation.rows.length,
      operator: ME,
      text: frame.text,
      at: '',
    };
    conversation.notes.push(note);
    this.publish({ kind: 'note', conversation: id, note });
    return { type: 'done' };
  }

  private say(line: Line, frame: unknown): void {
    if (line.alive) line.events.onText(JSON.stringify(frame));
  }

  private get(id: string): Conversation {
    const found = this.conversations.get(id);
    if (found === undefined) throw new Error(`no conversation ${id}`);
    return found;
  }
}

function me(): Json {
  return {
    operator: { id: ME.id, login: 'ruta', display_name: ME.name, totp: false },
    role: 'operator',
    permissions: ['reply'],
    scopes: { all: false, municipalities: [{ id: 'trakai', name: 'Trakų r. sav.' }], departments: [] },
    csrf_token: 'csrf-1',
  };
}

function answer(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });
}

export class FakeMemory implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

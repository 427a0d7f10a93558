/** Stand-ins for time, the network and the browser's memory. */

import type { OpenSocket, SocketEvents } from '../src/socket';
import type { Outgoing } from '../src/store';
import type { Timers } from '../src/timers';
import type { Vault } from '../src/vault';

interface Planned {
  readonly at: number;
  readonly action: () => void;
}

/** Time that passes only when told to. */
export class FakeTimers implements Timers {
  now = 0;
  private planned: Planned[] = [];

  after(ms: number, action: () => void): () => void {
    const item = { at: this.now + ms, action };
    this.planned.push(item);
    return () => {
      this.planned = this.planned.filter((other) => other !== item);
    };
  }

  /** Lets `ms` milliseconds pass and runs what falls due, in order. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [next] = this.planned.filter((item) => item.at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.planned = this.planned.filter((item) => item !== next);
      this.now = next.at;
      next.action();
    }
    this.now = end;
  }
}

export class FakeSocket {
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  constructor(readonly events: SocketEvents) {}

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  /** The server speaks. */
  say(frame: unknown): void {
    this.events.onText(JSON.stringify(frame));
  }

  types(): unknown[] {
    return this.sent.map((frame) => frame.type);
  }
}

export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];

  readonly open: OpenSocket = (events) => {
    const socket = new FakeSocket(events);
    this.sockets.push(socket);
    return socket;
  };

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket has been opened');
    return socket;
  }

  /** The newest socket opens and the server welcomes it. */
  welcome(fields: Readonly<Record<string, unknown>> = {}): FakeSocket {
    this.last.events.onOpen();
    this.last.say(welcome(fields));
    return this.last;
  }
}

export function welcome(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    type: 'welcome',
    protocol: 1,
    token: 'token-1',
    municipality: { id: 'trakai', name: 'Trakų rajono savivaldybė', website: 'https://www.trakai.lt' },
    owner: 'bot',
    last_seq: 0,
    limits: { text: 2000 },
    ...fields,
  };
}

export function row(seq: number, author: string, fields: Readonly<Record<string, unknown>> = {}): unknown {
  return { type: 'message', seq, author, text: `žinutė ${seq}`, at: '2026-11-21T10:00:00Z', ...fields };
}

export class FakeVault implements Vault {
  token: string | null = null;
  lastRead = 0;
  outbox: readonly Outgoing[] = [];
}

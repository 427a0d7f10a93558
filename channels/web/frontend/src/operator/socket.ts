/** The live side: events in their order, each once; commands with their answers; catching up after a lost connection. */

import { Connection, type ConnectionListener, type LinkState } from '../connection';
import type { OpenSocket } from '../socket';
import type { Cancel, Timers } from '../timers';
import {
  readFrame,
  type ClientFrame,
  type Command,
  type CommandType,
  type EventFrame,
  type Hello,
  type ServerFrame,
  type Typing,
} from './protocol';

/** How a command ended; `code` "lost" = no answer came, and whether it was done is not known. */
export type Answer =
  | { readonly ok: true; readonly seq: number | null }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly operator: string | null };

export interface LiveOptions {
  readonly openSocket: OpenSocket;
  readonly timers: Timers;
  readonly newId: () => string;
  /** The last event that the page has taken in. */
  readonly cursor: () => number | null;
  readonly onEvent: (event: EventFrame) => void;
  readonly onTyping: (frame: Typing) => void;
  /** The server no longer has what was missed: load anew by REST. */
  readonly onReset: (lastEvent: number) => void;
  readonly onLink: (state: LinkState) => void;
  readonly random?: () => number;
}

interface Pending {
  readonly frame: Command;
  readonly settle: (answer: Answer) => void;
  readonly cancel: Cancel;
}

const LOST: Answer = { ok: false, code: 'lost', message: '', operator: null };
/** The server gives a repeat of these the first result, so they outlive a lost connection. */
const REPEATABLE: ReadonlySet<CommandType> = new Set<CommandType>(['claim', 'reply', 'note', 'presence']);
const ANSWER_MS = 15_000;
const REPEATED_ANSWER_MS = 60_000;
/** Earlier than the server asks, for timers of hidden pages are late. */
const HEARTBEAT_SHARE = 0.8;

export class Live implements ConnectionListener<ClientFrame, ServerFrame> {
  readonly read = readFrame;
  private readonly connection: Connection<ClientFrame, ServerFrame>;
  private readonly pending = new Map<string, Pending>();
  private cancelHeartbeat: Cancel | null = null;

  constructor(private readonly options: LiveOptions) {
    this.connection = new Connection(options.openSocket, options.timers, this, options.random);
  }

  get ping(): ClientFrame {
    return { type: 'ping', id: this.options.newId() };
  }

  get link(): LinkState {
    return this.connection.state;
  }

  start(): void {
    this.connection.start();
  }

  wake(): void {
    this.connection.wake();
  }

  restart(): void {
    this.connection.restart();
  }

  stop(): void {
    this.cancelHeartbeat?.();
    this.connection.stop();
  }

  /** Sends a command and tells how it ended; `id` is given again when a message is sent once more. */
  command(type: CommandType, fields: Readonly<Record<string, unknown>>, id?: string): Promise<Answer> {
    const frame: Command = { ...fields, type, id: id ?? this.options.newId() };
    const repeatable = REPEATABLE.has(type);
    return new Promise((settle) => {
      this.pending.get(frame.id)?.cancel();
      const cancel = this.options.timers.after(repeatable ? REPEATED_ANSWER_MS : ANSWER_MS, () => {
        this.settle(frame.id, LOST);
      });
      this.pending.set(frame.id, { frame, settle, cancel });
      if (!this.connection.send(frame) && !repeatable) this.settle(frame.id, LOST);
    });
  }

  /** For what is worth nothing later: sent now or never, the answer does not matter. */
  hint(type: 'typing' | 'read', fields: Readonly<Record<string, unknown>>): boolean {
    return this.connection.send({ ...fields, type, id: this.options.newId() });
  }

  hello(): Hello {
    return { type: 'hello', after: this.options.cursor() };
  }

  onState(state: LinkState): void {
    if (state !== 'ready') this.cancelHeartbeat?.();
    if (state === 'waiting' || state === 'idle') this.giveUpUnrepeatable();
    if (state === 'ready') for (const { frame } of [...this.pending.values()]) this.connection.send(frame);
    this.options.onLink(state);
  }

  onFrame(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.beat(frame.heartbeatSeconds * 1000 * HEARTBEAT_SHARE);
        // A server that knows less than this page has begun anew, from a backup for instance.
        if (frame.lastEvent < (this.options.cursor() ?? 0)) this.options.onReset(frame.lastEvent);
        break;
      case 'reset':
        this.options.onReset(frame.lastEvent);
        break;
      case 'event':
        if (frame.seq > (this.options.cursor() ?? 0)) this.options.onEvent(frame);
        break;
      case 'typing':
        this.options.onTyping(frame);
        break;
      case 'done':
        this.settle(frame.id, { ok: true, seq: frame.seq });
        break;
      case 'error': {
        const { code, message, operator } = frame;
        if (frame.id !== null) this.settle(frame.id, { ok: false, code, message, operator });
        break;
      }
      case 'pong':
        break;
    }
  }

  /** Presence needs a sign of life even while the server talks and the line is never quiet. */
  private beat(ms: number): void {
    this.cancelHeartbeat?.();
    this.cancelHeartbeat = this.options.timers.after(ms, () => {
      this.connection.send(this.ping);
      this.beat(ms);
    });
  }

  private giveUpUnrepeatable(): void {
    for (const [id, { frame }] of [...this.pending]) if (!REPEATABLE.has(frame.type)) this.settle(id, LOST);
  }

  private settle(id: string, answer: Answer): void {
    const found = this.pending.get(id);
    if (found === undefined) return;
    this.pending.delete(id);
    found.cancel();
    found.settle(answer);
  }
}

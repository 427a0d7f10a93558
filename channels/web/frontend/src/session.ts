/** One resident's conversation with one municipality: joins the connection, the store and the vault. */

import { Connection, type ConnectionListener, type LinkState } from './connection';
import type { Attachment } from './files';
import { Hints } from './hints';
import {
  readFrame,
  type AcceptedFrame,
  type Author,
  type ClientFrame,
  type ErrorFrame,
  type HelloFrame,
  type MessageFrame,
  type SendFrame,
  type ServerFrame,
} from './protocol';
import type { OpenSocket } from './socket';
import { ConversationStore, type Outgoing } from './store';
import type { Cancel, Timers } from './timers';
import type { Vault } from './vault';

export interface SessionOptions {
  readonly municipality: string;
  readonly openSocket: OpenSocket;
  readonly timers: Timers;
  readonly vault: Vault;
  readonly newId: () => string;
  readonly now: () => string;
  /** Told of every new message, one's own too, but not of a replayed log. */
  readonly onMessage: (seq: number, author: Author) => void;
  readonly onError: (code: string, message: string) => void;
  /** What is said when the conversation turns out to be deleted and the server could not say what the law keeps. */
  readonly erasedText: () => string;
}

const GIVE_UP_MS = 60_000;
const REPLAY_MS = 3_000;
const TYPING_MS = 30_000;
/** Errors after which nothing is gained by connecting again. */
const FINAL = new Set(['unknown_municipality', 'origin_refused']);
/** Errors after which the same text may be sent again. */
const PASSING = new Set(['rate_limited', 'busy', 'internal']);

function sendFrame(item: Outgoing): SendFrame {
  const { clientId, text, payload, attachments } = item;
  const frame: SendFrame = { type: 'message', client_id: clientId, text };
  const named = payload === null ? frame : { ...frame, payload };
  return attachments.length === 0 ? named : { ...named, attachments: attachments.map(({ id }) => id) };
}

export class Session implements ConnectionListener<ClientFrame, ServerFrame> {
  readonly ping: ClientFrame = { type: 'ping' };
  readonly read = readFrame;
  readonly store = new ConversationStore();
  /** The sentence of an error that concerns the conversation as a whole. */
  notice: string | null = null;
  /** Where the copy that was asked for is, on the server. */
  copyPath: string | null = null;
  private readonly connection: Connection<ClientFrame, ServerFrame>;
  private readonly deadlines = new Map<string, Cancel>();
  private readonly hints: Hints;
  private cancelTyping: Cancel | null = null;
  /** The token of the conversation that is shown: another tab may have begun a new one meanwhile. */
  private shownToken: string | null = null;
  private wantsCopy = false;
  private wantsErasure = false;

  constructor(private readonly options: SessionOptions) {
    this.connection = new Connection(options.openSocket, options.timers, this);
    this.hints = new Hints(options.timers, (frame) => this.connection.tell(frame));
    this.store.lastRead = options.vault.lastRead;
    for (const item of options.vault.outbox) this.queue(item);
  }

  get known(): boolean {
    return this.options.vault.token !== null;
  }

  /** What files are sent and fetched with; null before the first welcome. */
  get token(): string | null {
    return this.shownToken;
  }

  start(): void {
    this.notice = null;
    this.connection.start();
  }

  wake(): void {
    this.connection.wake();
  }

  stop(): void {
    this.hints.forget();
    for (const cancel of this.deadlines.values()) cancel();
    this.deadlines.clear();
    this.connection.stop();
  }

  /** Leaves the present conversation, with what was not sent, and begins another. */
  reset(): void {
    for (const item of this.store.outbox) this.settle(item.clientId);
    this.renew([]);
  }

  send(text: string, payload: string | null = null, attachments: readonly Attachment[] = []): void {
    const { newId, now } = this.options;
    const item = {
      clientId: newId(),
      text,
      payload,
      attachments,
      at: now(),
      failed: false,
      reason: null,
      retryable: true,
    };
    this.hints.rest();
    this.queue(item);
    this.start();
    this.connection.send(sendFrame(item));
  }

  /** Asks for the way to Telegram; the store has it once the server has answered. */
  goOn(): void {
    this.start();
    this.connection.send({ type: 'continue' });
  }

  stayHere(): void {
    this.store.goingOn = null;
    this.store.changed();
  }

  retry(clientId: string): void {
    const item = this.store.outbox.find((candidate) => candidate.clientId === clientId);
    if (item === undefined) return;
    this.store.amend(clientId, { failed: false, reason: null });
    this.expectAcceptance(clientId);
    this.keepOutbox();
    this.start();
    this.connection.send(sendFrame(item));
  }

  discard(clientId: string): void {
    this.settle(clientId);
    this.store.discard(clientId);
    this.keepOutbox();
  }

  /** The resident is changing the text; only a person who answers is told. */
  write(text: string): void {
    if (this.store.owner === 'operator') this.hints.write(text.trim() === '');
  }

  /** The resident has left the text, or the window. */
  rest(): void {
    this.hints.rest();
  }

  /** Asks for a link to the copy, as soon as there is a line. */
  askCopy(): void {
    this.copyPath = null;
    this.wantsCopy = true;
    this.start();
    this.order();
    this.store.changed();
  }

  /** Deletes the conversation, as soon as there is a line. */
  erase(): void {
    this.wantsErasure = true;
    this.start();
    this.order();
  }

  /** Everything shown up to now counts as read; people are told, the bot need not know. */
  markRead(): void {
    const { store } = this;
    if (store.owner !== 'bot') this.hints.read(store.lastSeq);
    if (store.lastSeq <= store.lastRead) return;
    store.lastRead = this.options.vault.lastRead = store.lastSeq;
    store.changed();
  }

  hello(): HelloFrame {
    const { municipality, vault } = this.options;
    const token = vault.token;
    if (token === null) return { type: 'hello', municipality };
    if (this.shownToken !== null && token !== this.shownToken) {
      // Another tab has left the conversation that is shown here.
      const { outbox } = this.store;
      this.store.clear();
      this.store.outbox = outbox;
      this.hints.forget();
    }
    return { type: 'hello', municipality, token, after: this.store.cursor };
  }

  onState(state: LinkState): void {
    this.store.link = state;
    if (state !== 'ready') this.store.typing = false;
    if (state === 'ready') {
      this.resend();
      this.order();
    } else this.hints.rest();
    this.store.changed();
  }

  onFrame(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.notice = null;
        // What a new conversation begins with is news; only a conversation that goes on is replayed.
        this.store.welcome(frame, this.options.vault.token !== null);
        this.options.vault.token = this.shownToken = frame.token;
        if (this.store.replaying) this.boundReplay();
        break;
      case 'continue':
        this.store.goingOn = frame;
        this.store.changed();
        break;
      case 'accepted':
        this.accept(frame);
        break;
      case 'message':
        this.receive(frame);
        break;
      case 'owner':
        this.store.changeOwner(frame);
        break;
      case 'typing':
        this.showTyping(frame.on);
        break;
      case 'copy':
        this.wantsCopy = false;
        this.copyPath = frame.path;
        this.store.changed();
        break;
      case 'erased':
        this.erased(frame.text);
        break;
      case 'error':
        this.fail(frame);
        break;
      case 'pong':
        break;
    }
  }

  private order(): void {
    if (this.wantsErasure) this.connection.send({ type: 'erase' });
    else if (this.wantsCopy) this.connection.send({ type: 'copy' });
  }

  /** Nothing of the conversation stays here either: not what was unsent, nor what was read. */
  private erased(text: string): void {
    for (const item of this.store.outbox) this.settle(item.clientId);
    const { token } = this.options.vault;
    // Another tab may have begun anew by now: then this one goes on with that conversation.
    this.renew([], token === this.shownToken ? null : token);
    this.store.say(text === '' ? this.options.erasedText() : text, this.options.now());
  }

  private accept(frame: AcceptedFrame): void {
    const known = this.store.has(frame.seq);
    this.settle(frame.clientId);
    this.store.accepted(frame);
    this.keepOutbox();
    if (!known && this.store.has(frame.seq)) this.options.onMessage(frame.seq, 'resident');
  }

  private receive(frame: MessageFrame): void {
    const fresh = !this.store.replaying && !this.store.has(frame.seq);
    if (frame.clientId !== null) this.settle(frame.clientId);
    this.store.message(frame);
    this.keepOutbox();
    if (fresh) this.options.onMessage(frame.seq, frame.author);
  }

  private queue(item: Outgoing): void {
    this.store.enqueue(item);
    if (!item.failed) this.expectAcceptance(item.clientId);
    this.keepOutbox();
  }

  private resend(): void {
    for (const item of this.store.outbox) if (!item.failed) this.connection.send(sendFrame(item));
  }

  private expectAcceptance(clientId: string): void {
    this.settle(clientId);
    const cancel = this.options.timers.after(GIVE_UP_MS, () => {
      this.store.amend(clientId, { failed: true, reason: null, retryable: true });
      this.keepOutbox();
    });
    this.deadlines.set(clientId, cancel);
  }

  private settle(clientId: string): void {
    this.deadlines.get(clientId)?.();
    this.deadlines.delete(clientId);
  }

  /** The server says when the replay ends by `last_seq`; a row that is not for residents must not hold it open. */
  private boundReplay(): void {
    this.options.timers.after(REPLAY_MS, () => {
      this.store.endReplay();
    });
  }

  private showTyping(on: boolean): void {
    this.cancelTyping?.();
    this.store.typing = on;
    this.store.changed();
    if (!on) return;
    this.cancelTyping = this.options.timers.after(TYPING_MS, () => {
      this.showTyping(false);
    });
  }

  private fail(frame: ErrorFrame): void {
    this.options.onError(frame.code, frame.message);
    const erasing = this.wantsErasure;
    this.wantsCopy = this.wantsErasure = false;
    if (frame.code === 'token_invalid' && erasing) {
      // The line broke when it was deleted already.
      this.erased('');
      return;
    }
    if (frame.clientId !== null) this.failMessage(frame.clientId, frame);
    else if (frame.code === 'token_invalid' && this.known) this.renew();
    else {
      this.notice = frame.message;
      if (FINAL.has(frame.code)) this.connection.refuse();
      else this.connection.holdOff((frame.retryAfter ?? 0) * 1_000);
      this.store.changed();
    }
  }

  private failMessage(clientId: string, frame: ErrorFrame): void {
    this.settle(clientId);
    this.store.amend(clientId, { failed: true, reason: frame.message, retryable: PASSING.has(frame.code) });
    this.keepOutbox();
  }

  /** Begins a new conversation that takes over `outbox`, or goes on with the one of `token`. */
  private renew(outbox: readonly Outgoing[] = this.store.outbox, token: string | null = null): void {
    this.notice = null;
    this.wantsCopy = this.wantsErasure = false;
    this.copyPath = null;
    this.hints.forget();
    this.options.vault.token = token;
    this.options.vault.lastRead = 0;
    this.shownToken = null;
    this.store.clear();
    this.store.outbox = outbox;
    this.keepOutbox();
    this.connection.restart();
  }

  private keepOutbox(): void {
    this.options.vault.outbox = this.store.outbox;
  }
}

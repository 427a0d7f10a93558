/** What one conversation looks like now: the log by sequence number, what is not yet acknowledged, who answers. */

import type { LinkState } from './connection';
import type { Attachment } from './files';
import {
  DEFAULT_TEXT_LIMIT,
  type AcceptedFrame,
  type Author,
  type Card,
  type ContinueFrame,
  type MessageFrame,
  type Owner,
  type OwnerFrame,
  type ReplyButton,
  type WelcomeFrame,
} from './protocol';

export interface LogEntry {
  /** Stays the same when a sent message becomes an accepted one, so its element is kept. */
  readonly key: string;
  readonly seq: number;
  readonly author: Author;
  readonly text: string;
  readonly at: string;
  readonly buttons: readonly ReplyButton[];
  readonly card: Card | null;
  readonly attachments: readonly Attachment[];
  readonly lang: string | null;
}

export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  readonly payload: string | null;
  /** Files that the server has already. */
  readonly attachments: readonly Attachment[];
  readonly at: string;
  readonly failed: boolean;
  /** The server's sentence, or null when there was no answer. */
  readonly reason: string | null;
  /** False when sending the same text again cannot succeed. */
  readonly retryable: boolean;
}

export class ConversationStore {
  link: LinkState = 'idle';
  owner: Owner = 'bot';
  municipalityName = '';
  textLimit = DEFAULT_TEXT_LIMIT;
  typing = false;
  /** True while the log that existed before this page is being replayed. */
  replaying = false;
  /** Whether the conversation may go on on Telegram; `goingOn` is the way there, once it was asked for. */
  telegram = false;
  goingOn: ContinueFrame | null = null;
  /** True once the server has welcomed this client at least once. */
  welcomed = false;
  entries: readonly LogEntry[] = [];
  outbox: readonly Outgoing[] = [];
  lastRead = 0;
  private replayUntil = 0;
  private readonly watchers = new Set<() => void>();

  /** Calls `watcher` after every change; returns the way to stop it. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  changed(): void {
    for (const watcher of this.watchers) watcher();
  }

  /** The number N to resume "after": the end of the unbroken run of sequence numbers from 1. */
  get cursor(): number {
    let cursor = 0;
    for (const entry of this.entries) {
      if (entry.seq > cursor + 1) break;
      cursor = entry.seq;
    }
    return cursor;
  }

  get lastSeq(): number {
    return this.entries.at(-1)?.seq ?? 0;
  }

  has(seq: number): boolean {
    return this.entries.some((entry) => entry.seq === seq);
  }

  /** How many messages by others the resident has not had on screen. */
  get unread(): number {
    return this.entries.filter((entry) => entry.seq > this.lastRead && entry.author !== 'resident').length;
  }

  clear(): void {
    this.entries = [];
    this.outbox = [];
    this.owner = 'bot';
    this.typing = this.replaying = this.welcomed = false;
    this.goingOn = null;
    this.lastRead = this.replayUntil = 0;
    this.changed();
  }

  /** Says something of the window's own before the first row; it is no part of the log. */
  say(text: string, at: string): void {
    this.put({
      key: 'own',
      seq: 0,
      author: 'system',
      text,
      at,
      buttons: [],
      card: null,
      attachments: [],
      lang: 'lt',
    });
  }

  welcome(frame: WelcomeFrame, goesOn: boolean): void {
    this.replaying = goesOn && !this.welcomed && frame.lastSeq > this.lastSeq;
    this.replayUntil = frame.lastSeq;
    this.welcomed = true;
    this.owner = frame.owner;
    this.municipalityName = frame.municipality.name;
    this.textLimit = frame.textLimit;
    this.telegram = frame.telegram;
    this.typing = false;
    this.changed();
  }

  endReplay(): void {
    if (!this.replaying) return;
    this.replaying = false;
    this.changed();
  }

  message(frame: MessageFrame): void {
    const { seq, author, text, at, buttons, card, attachments, lang, clientId } = frame;
    if (clientId !== null) this.outbox = this.outbox.filter((item) => item.clientId !== clientId);
    if (author === 'bot' || author === 'operator') this.typing = false;
    this.put({ key: clientId ?? `seq-${seq}`, seq, author, text, at, buttons, card, attachments, lang });
  }

  changeOwner(frame: OwnerFrame): void {
    const { seq, owner, text, at } = frame;
    this.owner = owner;
    const plain = { buttons: [], card: null, attachments: [], lang: null };
    this.put({ key: `seq-${seq}`, seq, author: 'system', text, at, ...plain });
  }

  accepted(frame: AcceptedFrame): void {
    const sent = this.outbox.find((item) => item.clientId === frame.clientId);
    if (sent === undefined) return;
    this.outbox = this.outbox.filter((item) => item !== sent);
    this.put({
      key: sent.clientId,
      seq: frame.seq,
      author: 'resident',
      text: sent.text,
      at: sent.at,
      buttons: [],
      card: null,
      attachments: sent.attachments,
      lang: null,
    });
  }

  enqueue(item: Outgoing): void {
    this.outbox = [...this.outbox, item];
    this.changed();
  }

  /** Replaces the outgoing message of this client id, or does nothing when it has been acknowledged. */
  amend(clientId: string, change: Partial<Outgoing>): void {
    this.outbox = this.outbox.map((item) => (item.clientId === clientId ? { ...item, ...change } : item));
    this.changed();
  }

  discard(clientId: string): void {
    this.outbox = this.outbox.filter((item) => item.clientId !== clientId);
    this.changed();
  }

  private put(entry: LogEntry): void {
    const known = this.entries.find((item) => item.seq === entry.seq);
    const kept = known === undefined ? entry : { ...entry, key: known.key };
    const others = this.entries.filter((item) => item !== known);
    this.entries = [...others, kept].sort((a, b) => a.seq - b.seq);
    if (entry.seq >= this.replayUntil) this.replaying = false;
    this.changed();
  }
}

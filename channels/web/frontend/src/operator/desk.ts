/** The console without its looks: joins the REST side, the live side, the state, drafts and alerts. */

import { delayBefore } from '../backoff';
import { each, listIn } from '../fields';
import type { Attachment, SendFile } from '../files';
import type { LinkState } from '../connection';
import { lt as words } from '../i18n/operator-lt';
import type { OpenSocket } from '../socket';
import type { Timers } from '../timers';
import { Uploads } from '../uploads';
import { alertFor, Alerts, type Signals } from './alerts';
import { Api, ApiError, type Fetch } from './api';
import { readCaseLine } from './case-readers';
import { Drafts, type Memory, type Outgoing } from './drafts';
import { attention } from './lists';
import type { CloseReason, Me, Presence, Summary, Tab } from './model';
import type { CommandType, EventFrame } from './protocol';
import { readCanned, readColleague, readMe, readPage, readTask, readThread } from './readers';
import { errorWords, refusalWords } from './refusals';
import { loadSettings, saveSettings, type Settings } from './settings';
import { Live, type Answer } from './socket';
import { hasGap, INITIAL, reduce, type Action, type State } from './store';

export interface DeskOptions {
  readonly fetch: Fetch;
  readonly openSocket: OpenSocket;
  readonly timers: Timers;
  readonly lasting: Memory;
  readonly passing: Memory;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signals: Signals;
  /** Sends a file of a conversation with the session's second secret. */
  readonly sendFile: (conversation: string, token: string) => SendFile;
  readonly random?: () => number;
}

export interface Toast {
  readonly text: string;
  readonly bad: boolean;
}

export type Starting = 'starting' | 'ready' | 'failed';
export type TransferTo =
  { readonly operator: string } | { readonly department: string } | { readonly municipality: string };

const PAGE_SIZE = 50;
const MOST_PAGES = 20;
const TOAST_MS = 7_000;
const TYPING_EVERY_MS = 4_000;
const TYPING_SHOWN_MS = 30_000;

export class Desk {
  state: State = INITIAL;
  starting: Starting = 'starting';
  expired = false;
  toast: Toast | null = null;
  settings: Settings;
  drafts: Drafts;
  readonly api: Api;
  readonly alerts: Alerts;
  /** The conversation on the screen, or null when the page is hidden or shows something else. */
  watched: string | null = null;
  private readonly live: Live;
  private readonly watchers = new Set<() => void>();
  private readonly typedAt = new Map<string, number>();
  private readonly uploads = new Map<string, Uploads>();
  private readonly readSent = new Map<string, number>();
  private tries = 0;
  private cancelToast: (() => void) | null = null;

  constructor(private readonly options: DeskOptions) {
    const { fetch, openSocket, timers, newId, signals, lasting, passing } = options;
    this.settings = loadSettings(lasting);
    this.drafts = new Drafts(lasting, passing, '');
    this.api = new Api(fetch, () => {
      this.expire();
    });
    this.alerts = new Alerts(signals, timers, words.title, this.settings);
    this.live = new Live({
      openSocket,
      timers,
      newId,
      cursor: () => this.state.lastEvent,
      onEvent: (event) => {
        this.take(event);
      },
      onTyping: ({ conversation, who, name, on }) => {
        this.dispatch({ type: 'typing', conversation, who, name: name ?? '', on });
        if (on) this.endTypingLater(conversation, who);
      },
      onReset: (lastEvent) => {
        void this.reload(lastEvent);
      },
      onLink: (link) => {
        this.follow(link);
      },
      ...(options.random === undefined ? {} : { random: options.random }),
    });
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  changed(): void {
    for (const watcher of this.watchers) watcher();
  }

  dispatch(action: Action): void {
    this.state = reduce(this.state, action);
    if (this.state.me !== null) this.drafts.outbox = this.state.outbox;
    const { unread, waiting } = attention(this.state);
    this.alerts.follow(unread + waiting);
    this.changed();
  }

  /** Loads what is needed and connects; keeps trying while there is no network. */
  async start(): Promise<void> {
    this.starting = 'starting';
    this.changed();
    try {
      await this.loadMe();
      await this.loadLists();
      this.starting = 'ready';
      this.live.start();
      this.changed();
      await Promise.all([this.loadColleagues(), this.loadCanned(), this.loadTasks(), this.loadOverdue()]);
    } catch (error) {
      if (error instanceof ApiError && error.expired) return;
      this.starting = 'failed';
      this.tries += 1;
      this.options.timers.after(delayBefore(this.tries, 0.5), () => {
        if (this.starting === 'failed') void this.start();
      });
      this.changed();
    }
  }

  wake(): void {
    this.live.wake();
  }

  stop(): void {
    this.live.stop();
    this.alerts.stop();
  }

  configure(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change };
    this.alerts.settings = this.settings;
    saveSettings(this.options.lasting, this.settings);
    this.dispatch({ type: 'link', link: this.state.link });
  }

  /** Settings that another tab has changed. */
  adoptSettings(): void {
    this.settings = loadSettings(this.options.lasting);
    this.alerts.settings = this.settings;
    this.changed();
  }

  say(text: string, bad = false): void {
    this.cancelToast?.();
    this.toast = { text, bad };
    this.cancelToast = this.options.timers.after(TOAST_MS, () => {
      this.toast = null;
      this.changed();
    });
    this.changed();
  }

  /** What went wrong, in words for the operator. */
  wordsOf(error: unknown): string {
    if (!(error instanceof ApiError)) return words.errors.internal;
    return error.message === '' ? errorWords(error.code, null) : error.message;
  }

  async loadTab(tab: Tab, before: string | null = null): Promise<void> {
    const since = this.state.lastEvent ?? 0;
    if (before === null) this.dispatch({ type: 'tab', tab, loading: 'loading' });
    try {
      const page = readPage(await this.api.get('/conversations', { tab, before }));
      const more = page.items.length >= PAGE_SIZE;
      this.dispatch({ type: 'page', tab, page, since, more });
    } catch (error) {
      this.dispatch({ type: 'tab', tab, loading: 'failed' });
      throw error;
    }
  }

  /** The next page of a list, after the oldest that is held. */
  async loadMore(tab: Tab, oldest: Summary): Promise<void> {
    await this.attempt(() => this.loadTab(tab, oldest.id));
  }

  async openThread(id: string): Promise<void> {
    const since = this.state.lastEvent ?? 0;
    this.dispatch({ type: 'opening', id });
    try {
      const data = readThread(await this.api.get(`/conversations/${encodeURIComponent(id)}`));
      if (data === null) throw new ApiError(404, 'unknown_conversation', '');
      this.dispatch({ type: 'opened', id, data, since });
    } catch (error) {
      this.dispatch({ type: 'unopened', id });
      if (!(error instanceof ApiError && error.expired)) this.say(this.wordsOf(error), true);
    }
  }

  async loadColleagues(): Promise<void> {
    this.dispatch({
      type: 'colleagues',
      colleagues: each(listIn(await this.api.get('/colleagues')), readColleague),
    });
  }

  async loadCanned(): Promise<void> {
    this.dispatch({ type: 'canned', canned: each(listIn(await this.api.get('/canned')), readCanned) });
  }

  async loadTasks(): Promise<void> {
    const lists = await Promise.all(['open', 'done'].map((state) => this.api.get('/tasks', { state })));
    this.dispatch({ type: 'tasks', tasks: lists.flatMap((list) => each(listIn(list), readTask)) });
  }

  /** For the number beside the register: what is overdue must be seen from everywhere. */
  async loadOverdue(): Promise<void> {
    const overdue = each(listIn(await this.api.get('/cases', { overdue: 1 })), readCaseLine);
    const others = [...this.state.cases.values()].filter((line) => !line.overdue);
    this.dispatch({ type: 'cases', cases: [...others, ...overdue] });
  }

  async claim(conversation: string): Promise<boolean> {
    return this.done(await this.live.command('claim', { conversation }));
  }

  reply(conversation: string, text: string, attachments: readonly Attachment[] = []): void {
    this.send({ conversation, kind: 'reply', text, service: null, attachments });
  }

  sendCard(conversation: string, service: string, title: string): void {
    this.send({ conversation, kind: 'card', text: title, service, attachments: [] });
  }

  note(conversation: string, text: string): void {
    this.send({ conversation, kind: 'note', text, service: null, attachments: [] });
  }

  /** The files that are being added to the reply of a conversation; they stay while another one is looked at. */
  uploadsOf(conversation: string): Uploads {
    const known = this.uploads.get(conversation);
    if (known !== undefined) return known;
    const made = new Uploads(
      (file, onProgress) => this.options.sendFile(conversation, this.api.token ?? '')(file, onProgress),
      () => words.files,
      () => {
        this.changed();
      },
    );
    this.uploads.set(conversation, made);
    return made;
  }

  /** What was refused is a new try; what got no answer keeps its id, so that it is not stored twice. */
  retry(id: string): void {
    const item = this.state.outbox.find((candidate) => candidate.id === id);
    if (item === undefined) return;
    this.discard(id);
    void this.transmit(item.reason === null ? item : { ...item, id: this.options.newId() });
  }

  discard(id: string): void {
    this.dispatch({ type: 'discarded', id });
  }

  typing(conversation: string, on: boolean): void {
    const now = this.options.now();
    const last = this.typedAt.get(conversation) ?? 0;
    if (on && now - last < TYPING_EVERY_MS) return;
    if (!on && last === 0) return;
    this.typedAt.set(conversation, on ? now : 0);
    this.live.hint('typing', { conversation, on });
  }

  /** The operator has the newest row of an own conversation on screen. */
  markRead(conversation: string): void {
    const summary = this.state.conversations.get(conversation);
    if (summary?.operator?.id !== this.state.me?.id || summary?.owner !== 'operator') return;
    if ((this.readSent.get(conversation) ?? 0) >= summary.lastSeq) return;
    if (!this.live.hint('read', { conversation, seq: summary.lastSeq })) return;
    this.readSent.set(conversation, summary.lastSeq);
    this.dispatch({ type: 'read', conversation });
  }

  async transfer(conversation: string, to: TransferTo, note: string): Promise<string | null> {
    return this.asked('transfer', { conversation, to, note });
  }

  async close(
    conversation: string,
    reason: CloseReason,
    topic: string,
    comment: string,
  ): Promise<string | null> {
    return this.asked('close', { conversation, reason, topic, comment });
  }

  async giveBack(conversation: string, note: string): Promise<string | null> {
    return this.asked('return', { conversation, note });
  }

  async setPresence(state: Exclude<Presence, 'away'>): Promise<void> {
    this.dispatch({ type: 'back' });
    const { me } = this.state;
    if (this.done(await this.live.command('presence', { state })) && me !== null)
      this.dispatch({ type: 'me', me: { ...(this.state.me ?? me), presence: state } });
  }

  /** Runs something that may fail, and says so. False when it failed. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError && error.expired)) this.say(this.wordsOf(error), true);
      return false;
    }
  }

  private async loadMe(): Promise<void> {
    const me = readMe(await this.api.get('/me'));
    if (me === null) throw new ApiError(500, 'internal', '');
    this.api.token = me.csrf ?? this.api.token;
    const first = this.state.me === null;
    if (first) this.drafts = new Drafts(this.options.lasting, this.options.passing, me.id);
    const unsent = first ? this.drafts.outbox : [];
    this.dispatch({ type: 'me', me });
    for (const item of unsent) void this.transmit(item);
  }

  /** All of what needs an answer now, and the first page of the rest. */
  private async loadLists(): Promise<void> {
    await this.loadWhole('mine');
    await this.loadWhole('waiting');
    await this.loadTab('all');
  }

  private async loadWhole(tab: Tab): Promise<void> {
    const seen = new Set<string>();
    let before: string | null = null;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const since = this.state.lastEvent ?? 0;
      const page = readPage(await this.api.get('/conversations', { tab, before }));
      this.dispatch({ type: 'page', tab, page, since, more: false });
      const fresh = page.items.filter((item) => !seen.has(item.id));
      if (fresh.length === 0 || page.items.length < PAGE_SIZE) return;
      for (const { id } of fresh) seen.add(id);
      before = fresh.at(-1)?.id ?? null;
    }
  }

  /** The server has no longer what was missed: everything anew, but what was written here stays. */
  private async reload(lastEvent: number): Promise<void> {
    const open = this.watched;
    this.dispatch({ type: 'reset', lastEvent });
    const loads = [this.loadMe(), this.loadLists(), this.loadColleagues(), this.loadTasks()];
    if (open !== null) loads.push(this.openThread(open));
    await this.attempt(() => Promise.all(loads));
  }

  private take(event: EventFrame): void {
    const before = event.summary === null ? undefined : this.state.conversations.get(event.summary.id);
    const alert = alertFor(event, { me: this.state.me?.id ?? null, before, watched: this.watched });
    this.dispatch({ type: 'event', event });
    if (alert !== null && this.state.me?.presence !== 'pause') this.alerts.raise(alert);
    if (event.kind === 'canned') void this.attempt(() => this.loadCanned());
    const thread = event.conversation === null ? undefined : this.state.threads.get(event.conversation);
    if (event.conversation !== null && thread?.loading === 'ready' && hasGap(thread))
      void this.openThread(event.conversation);
  }

  private follow(link: LinkState): void {
    this.dispatch({ type: 'link', link });
    if (link === 'ready') this.readSent.clear();
    // A socket that is refused does not say why; the session may be over.
    if (link === 'waiting' && !this.expired) void this.checkRights().catch(() => undefined);
  }

  /** The server also cuts the line when what this person may see has changed: then everything is loaded anew. */
  private async checkRights(): Promise<void> {
    const now = readMe(await this.api.get('/me'));
    const { me, lastEvent } = this.state;
    if (now === null || me === null || rightsOf(now) === rightsOf(me)) return;
    this.dispatch({ type: 'me', me: now });
    await this.reload(lastEvent ?? 0);
  }

  private expire(): void {
    if (this.expired) return;
    this.expired = true;
    this.live.stop();
    this.changed();
  }

  private send(fields: Pick<Outgoing, 'conversation' | 'kind' | 'text' | 'service' | 'attachments'>): void {
    const at = new Date(this.options.now()).toISOString();
    void this.transmit({ ...fields, id: this.options.newId(), at, failed: false, reason: null });
  }

  /** With the id it had before, so that the server stores it once however often it is sent. */
  private async transmit(item: Outgoing): Promise<void> {
    const { id, conversation, kind, text, service, attachments } = item;
    this.dispatch({ type: 'sending', item });
    const said = kind === 'note' ? { text } : { text, attachments: attachments.map((file) => file.id) };
    const fields = service === null ? { conversation, ...said } : { conversation, service };
    const answer = await this.live.command(kind === 'note' ? 'note' : 'reply', fields, id);
    if (answer.ok) this.dispatch({ type: 'sent', id, seq: answer.seq });
    else this.failed({ ...item, failed: true, reason: null }, answer);
  }

  private failed(item: Outgoing, answer: Answer & { readonly ok: false }): void {
    const reason = answer.code === 'lost' ? null : refusalWords(answer);
    // No answer and no longer among the unsent: its row has come by the log.
    if (reason === null && !this.state.outbox.some((other) => other.id === item.id)) return;
    this.dispatch({ type: 'unsent', item, reason });
  }

  private done(answer: Answer): boolean {
    if (!answer.ok) this.say(refusalWords(answer), true);
    return answer.ok;
  }

  /** Null when it was done, else why not; the dialog stays open and shows it. */
  private async asked(type: CommandType, fields: Readonly<Record<string, unknown>>): Promise<string | null> {
    const answer = await this.live.command(type, fields);
    return answer.ok ? null : refusalWords(answer);
  }

  /** Who stops writing without a word is not shown as writing for ever. */
  private endTypingLater(conversation: string, who: 'resident' | 'operator'): void {
    this.options.timers.after(TYPING_SHOWN_MS, () => {
      this.dispatch({ type: 'typing', conversation, who, name: '', on: false });
    });
  }
}

function rightsOf({ role, permissions, municipalities, departments }: Me): string {
  return JSON.stringify([role, permissions, municipalities, departments]);
}

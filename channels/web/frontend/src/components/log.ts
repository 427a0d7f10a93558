/** The log of the conversation: a polite live region that announces only what is new, and keeps its place. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { dayKey, dayName } from '../format';
import type { Words } from '../i18n';
import type { LogEntry, Outgoing } from '../store';
import { downIcon } from './icons';
import { LightElement } from './light-element';
import { entryView, outgoingView, type EntryPlace, type MessageActions } from './message';

const TOLERANCE = 48;
const MARGIN = 12;

interface Row {
  readonly key: string;
  readonly view: TemplateResult;
}

export class LangelisLog extends LightElement {
  @property({ attribute: false }) entries: readonly LogEntry[] = [];
  @property({ attribute: false }) outbox: readonly Outgoing[] = [];
  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) actions!: MessageActions;
  /** The sentence that somebody is writing, or null. */
  @property({ attribute: false }) typing: string | null = null;
  /** True while an older log is being filled in, which must not be read aloud. */
  @property({ type: Boolean, attribute: false }) filling = false;
  @state() private behind = false;
  @query('.log') private log!: HTMLElement;
  private pinned = true;
  private placedAt = 0;

  override firstUpdated(): void {
    new ResizeObserver(() => {
      if (this.pinned) this.place();
    }).observe(this.log);
  }

  protected override render(): TemplateResult {
    return html`<div
        class="log"
        role="log"
        aria-live=${this.filling ? 'off' : 'polite'}
        aria-relevant="additions"
        aria-busy=${this.filling ? 'true' : 'false'}
        aria-label=${this.words.log}
        tabindex="0"
        @scroll=${this.onScroll}
        @langelis-grown=${this.onGrown}
      >
        ${repeat(
          this.rows(),
          (row) => row.key,
          (row) => row.view,
        )}
      </div>
      ${this.typing === null ? nothing : this.typingView(this.typing)}
      ${this.behind ? this.jumpView() : nothing}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('entries')?.length ?? this.entries.length;
    const more = this.entries.length > before || (changed.get('outbox')?.length ?? 0) < this.outbox.length;
    if (changed.has('outbox') && (changed.get('outbox')?.length ?? 0) < this.outbox.length)
      this.pinned = true;
    if (this.pinned) this.place();
    else if (more) this.behind = true;
  }

  /** Shows the newest turn: its end, or its beginning when it is taller than the window. */
  place(): void {
    // What a person writes is a turn of its own; what the bot says belongs to the question.
    const turns = this.log.querySelectorAll<HTMLElement>('.by-resident, .by-operator');
    const end = this.log.scrollHeight - this.log.clientHeight;
    const turn = turns.item(turns.length - 1) as HTMLElement | null;
    const beginning = turn === null ? end : turn.offsetTop - MARGIN;
    this.pinned = true;
    this.behind = false;
    this.placedAt = Math.max(0, Math.min(end, beginning));
    this.log.scrollTop = this.placedAt;
  }

  private readonly onGrown = (): void => {
    if (this.pinned) this.place();
  };

  private readonly onScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const atEnd = scrollHeight - clientHeight - scrollTop < TOLERANCE;
    this.pinned = atEnd || Math.abs(scrollTop - this.placedAt) < TOLERANCE;
    if (atEnd) this.behind = false;
  };

  private rows(): readonly Row[] {
    const rows: Row[] = [];
    let day = '';
    this.entries.forEach((entry, index) => {
      const key = dayKey(entry.at);
      if (key !== day && key !== '') rows.push(this.dayRow(key, entry.at));
      const place = this.placeOf(entry, index, key === day);
      rows.push({ key: entry.key, view: entryView(entry, place, this.words, this.actions) });
      day = key;
    });
    this.outbox.forEach((item, index) => {
      const grouped = index > 0 || this.entries.at(-1)?.author === 'resident';
      rows.push({ key: item.clientId, view: outgoingView(item, grouped, this.words, this.actions) });
    });
    return rows;
  }

  private dayRow(key: string, at: string): Row {
    const name = dayName(at, new Date(), this.words.locale, this.words);
    return { key: `day-${key}`, view: html`<p class="day"><span>${name}</span></p>` };
  }

  private placeOf(entry: LogEntry, index: number, sameDay: boolean): EntryPlace {
    const answer = this.entries.slice(index + 1).find((later) => later.author === 'resident');
    const waiting = this.outbox.find((item) => !item.failed);
    return {
      grouped: sameDay && this.entries[index - 1]?.author === entry.author,
      current: answer === undefined && waiting === undefined,
      answer: answer?.text ?? waiting?.text ?? null,
    };
  }

  private typingView(sentence: string): TemplateResult {
    return html`<p class="typing">
      <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${sentence}
    </p>`;
  }

  private jumpView(): TemplateResult {
    return html`<button
      type="button"
      class="jump"
      @click=${() => {
        this.log.scrollTop = this.log.scrollHeight;
        this.behind = false;
      }}
    >
      ${downIcon}${this.words.newMessages}
    </button>`;
  }
}

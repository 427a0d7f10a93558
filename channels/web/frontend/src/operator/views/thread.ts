/** A conversation: its head with the actions, the whole log, and the place to write. */

import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { downIcon } from '../../components/icons';
import { dayKey, dayName } from '../../format';
import { lt as words } from '../../i18n/operator-lt';
import type { Note, Row, Summary } from '../model';
import { addressOf } from '../routes';
import { EMPTY_THREAD, type Thread } from '../store';
import { threadHead } from './thread-head';
import { failedView, Part } from './part';
import { noteView, rowView, sendingView, type RowPlace } from './row';

interface Item {
  readonly key: string;
  readonly view: TemplateResult;
}

const TOLERANCE_PX = 60;

export class DeskThread extends Part {
  @state() private behind = false;
  private claiming = false;
  @query('.log') private log!: HTMLElement | null;
  private shown: string | null = null;
  private shownSeq: number | null = null;
  private pinned = true;
  private count = 0;
  private unsent = 0;
  /** Where the log was put last; further up only a person can have moved it. */
  private placedAt = 0;
  private readonly fitted = new ResizeObserver(() => {
    if (this.pinned) this.toEnd();
  });

  protected override willUpdate(): void {
    const { id, seq } = this.nav.route;
    if (id === this.shown && seq === this.shownSeq) return;
    this.shown = id;
    this.shownSeq = seq;
    this.pinned = seq === null;
    this.behind = false;
    this.count = 0;
    if (id !== null && this.thread(id).loading === 'no')
      void Promise.resolve().then(() => this.desk.openThread(id));
  }

  protected override render(): TemplateResult {
    const { id } = this.nav.route;
    if (id === null)
      return html`<section class="thread-pane blank">
        <h2>${words.thread.chooseTitle}</h2>
        <p>${words.thread.chooseText}</p>
      </section>`;
    if (this.desk.state.erased.has(id)) return this.erasedView();
    const thread = this.thread(id);
    const summary = this.conversation;
    return html`<section class="thread-pane" aria-label=${words.thread.label}>
      ${summary === null ? this.backView() : threadHead(summary, this.desk, this.nav)}
      ${summary?.unreachable === true ? html`<p class="strip bad" role="status">${words.thread.unreachable}</p>` : nothing}
      ${this.logView(id, thread, summary)} ${this.typingView(id)}
      ${
        summary === null
          ? nothing
          : html`<desk-composer
              .desk=${this.desk}
              .nav=${this.nav}
              .summary=${summary}
              .claim=${this.onClaim}
            ></desk-composer>`
      }
    </section>`;
  }

  protected override updated(): void {
    const { id, seq } = this.nav.route;
    if (id === null || this.log === null) return;
    const thread = this.thread(id);
    if (thread.loading !== 'ready') return;
    this.fitted.observe(this.log);
    const unsent = this.desk.state.outbox.filter((item) => item.conversation === id).length;
    // What one sends oneself one wants to see.
    if (unsent > this.unsent && this.count > 0) this.pinned = true;
    this.unsent = unsent;
    const count = thread.rows.length + thread.notes.length + this.desk.state.outbox.length;
    if (count !== this.count && seq !== null && this.count === 0) this.showRow(seq);
    else if (this.pinned) this.toEnd();
    else if (count > this.count && this.count > 0) this.behind = true;
    this.count = count;
    if (this.desk.watched === id && this.pinned) this.desk.markRead(id);
  }

  private thread(id: string): Thread {
    return this.desk.state.threads.get(id) ?? EMPTY_THREAD;
  }

  private erasedView(): TemplateResult {
    return html`<section class="thread-pane" aria-label=${words.thread.label}>
      ${this.backView()}
      <div class="blank" role="status">
        <h2>${words.thread.erasedTitle}</h2>
        <p>${words.thread.erasedText}</p>
      </div>
    </section>`;
  }

  private backView(): TemplateResult {
    return html`<header class="thread-head">
      <a class="icon-button back" href=${addressOf('conversations')}>${words.back}</a>
    </header>`;
  }

  private logView(id: string, thread: Thread, summary: Summary | null): TemplateResult {
    if (thread.loading === 'failed')
      return html`<div class="log">
        ${failedView(words.thread.failedToOpen, () => void this.desk.openThread(id))}
      </div>`;
    if (thread.loading !== 'ready')
      return html`<div class="log"><p class="empty" role="status">${words.loading}</p></div>`;
    return html`<div class="log-frame">
      <div
        class="log"
        role="log"
        aria-live="polite"
        aria-label=${words.thread.log}
        tabindex="0"
        @scroll=${this.onScroll}
        @langelis-grown=${this.onGrown}
      >
        ${repeat(
          this.items(id, thread, summary),
          (item) => item.key,
          (item) => item.view,
        )}
      </div>
      ${
        this.behind
          ? html`<button type="button" class="jump" @click=${this.onJump}>
              ${downIcon}${words.thread.newBelow}
            </button>`
          : nothing
      }
    </div>`;
  }

  private typingView(id: string): TemplateResult {
    const { typing } = this.desk.state;
    const colleague = typing.get(`${id}:operator`);
    const resident = typing.has(`${id}:resident`) ? words.thread.residentTypes : null;
    const text = resident ?? (colleague === undefined ? null : words.thread.operatorTypes(colleague));
    return html`<p class="typing" role="status">${text ?? nothing}</p>`;
  }

  private items(id: string, thread: Thread, summary: Summary | null): readonly Item[] {
    const items: Item[] = [];
    let day = '';
    const notes = [...thread.notes];
    const lastRead = lastReadSeq(thread.rows, summary?.residentRead ?? 0);
    this.notesUpTo(notes, (thread.rows.at(0)?.seq ?? 1) - 1, items);
    thread.rows.forEach((row, index) => {
      const key = dayKey(row.at);
      if (key !== day && key !== '') items.push(dayItem(key, row.at));
      const place = this.placeOf(thread.rows, index, key === day, row.seq === lastRead);
      items.push({ key: `row-${row.seq}`, view: rowView(row, place) });
      day = key;
      this.notesUpTo(notes, row.seq, items);
    });
    this.notesUpTo(notes, Infinity, items);
    const mine = this.desk.state.outbox.filter((item) => item.conversation === id);
    return [...items, ...mine.map((item) => ({ key: item.id, view: sendingView(item, this.desk) }))];
  }

  /** Moves the notes written after a row up to `seq` from `notes` to `items`. */
  private notesUpTo(notes: Note[], seq: number, items: Item[]): void {
    for (let note = notes[0]; note !== undefined && note.afterSeq <= seq; note = notes[0]) {
      items.push({ key: `note-${note.id}`, view: noteView(note) });
      notes.shift();
    }
  }

  private placeOf(rows: readonly Row[], index: number, sameDay: boolean, read: boolean): RowPlace {
    const row = rows[index];
    const before = rows[index - 1];
    const answer = rows.slice(index + 1).find((later) => later.author === 'resident');
    const same = before?.author === row?.author && before?.operator?.id === row?.operator?.id;
    return {
      conversation: this.shown ?? '',
      me: this.desk.state.me?.id ?? null,
      grouped: sameDay && same,
      answer: answer?.text ?? null,
      quoted: rows.find((other) => other.seq === row?.replyTo)?.text ?? null,
      read,
      found: row?.seq === this.nav.route.seq,
    };
  }

  private showRow(seq: number): void {
    this.log?.querySelector(`[data-seq="${seq}"]`)?.scrollIntoView({ block: 'center' });
  }

  private toEnd(): void {
    if (this.log === null) return;
    this.log.scrollTop = this.log.scrollHeight;
    this.placedAt = this.log.scrollTop;
    this.behind = false;
  }

  private readonly onGrown = (): void => {
    if (this.pinned) this.toEnd();
  };

  private readonly onScroll = (): void => {
    if (this.log === null) return;
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const atEnd = scrollHeight - clientHeight - scrollTop < TOLERANCE_PX;
    // A log that has just become lower is not one that was left.
    this.pinned = atEnd || (this.pinned && scrollTop >= this.placedAt);
    if (!this.pinned) return;
    this.behind = false;
    if (this.shown !== null && this.desk.watched === this.shown) this.desk.markRead(this.shown);
  };

  private readonly onJump = (): void => {
    this.pinned = true;
    this.toEnd();
  };

  private readonly onClaim = async (): Promise<void> => {
    const { id } = this.nav.route;
    if (id === null || this.claiming) return;
    this.claiming = true;
    const claimed = await this.desk.claim(id);
    this.claiming = false;
    if (!claimed) return;
    this.nav.chooseTab('mine');
    this.nav.write('reply');
  };
}

/** The newest message of ours or the bot's that the resident has had on screen. */
function lastReadSeq(rows: readonly Row[], upTo: number): number | null {
  const seen = rows.filter((row) => row.author === 'operator' && row.seq <= upTo);
  return seen.at(-1)?.seq ?? null;
}

function dayItem(key: string, at: string): Item {
  const name = dayName(at, new Date(), words.locale, words);
  return { key: `day-${key}`, view: html`<p class="day"><span>${name}</span></p>` };
}

/** Where the operator writes: a reply or a private note, canned replies after "/", the counter, and drafts that stay. */

import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { lengthOf } from '../../format';
import { lt as words } from '../../i18n/operator-lt';
import { fill, matching, openPlaceholder, slashQuery, vocative } from '../canned';
import type { DraftKind } from '../drafts';
import { sends } from '../keys';
import type { Canned, Summary } from '../model';
import { addressOf } from '../routes';
import { attachView, uploadsView } from '../../components/uploads';
import { filesIn, type Uploads } from '../../uploads';
import { cannedIcon, caseIcon } from './icons';
import { Part, placeName, problem } from './part';

export const TEXT_LIMIT = 5_000;
/** The counter appears when this share of the limit is used. */
const COUNTER_FROM = 0.9;
const TALLEST_PX = 220;
const MOST_SHOWN = 8;

export class DeskComposer extends Part {
  @property({ attribute: false }) summary!: Summary;
  @property({ attribute: false }) claim: () => Promise<void> = () => Promise.resolve();
  @state() private kind: DraftKind = 'reply';
  @state() private text = '';
  @state() private refusal: string | null = null;
  @state() private active = 0;
  @state() private dismissed = false;
  @state() private dragging = false;
  @query('textarea') private input!: HTMLTextAreaElement | null;
  private loaded: string | null = null;

  /** From a shortcut: the reply or the note, with the focus in it. */
  begin(kind: DraftKind): void {
    this.choose(kind);
    void this.updateComplete.then(() => this.input?.focus());
  }

  protected override willUpdate(): void {
    const key = `${this.summary.id}:${this.kind}`;
    if (key === this.loaded) return;
    this.loaded = key;
    this.text = this.desk.drafts.get(this.summary.id, this.kind);
    this.refusal = null;
    this.dismissed = false;
  }

  protected override updated(): void {
    const { input } = this;
    if (input === null) return;
    input.style.height = 'auto';
    input.style.height = `${Math.min(TALLEST_PX, input.scrollHeight + 2)}px`;
  }

  protected override render(): TemplateResult {
    const note = this.kind === 'note';
    const shut = !note && !this.mine;
    return html`<form
      class="composer ${note ? 'as-note' : ''} ${this.dragging ? 'dragging' : ''}"
      novalidate
      @submit=${this.onSubmit}
      @paste=${this.onPaste}
      @dragover=${this.onDrag}
      @dragleave=${this.onDragEnd}
      @drop=${this.onDrop}
    >
      <div class="composer-tabs" role="tablist" aria-label=${words.composer.label}>
        ${this.tabView('reply', words.composer.reply)} ${this.tabView('note', words.composer.note)}
      </div>
      <div id="composer-panel" role="tabpanel" aria-labelledby="composer-${this.kind}">
        ${problem(this.refusal)} ${note || shut ? nothing : uploadsView(this.uploads, words.files)}
        ${this.dragging ? html`<p class="drop-here">${words.files.dropHere}</p>` : nothing}
        ${this.cannedView()} ${shut ? this.shutView() : this.fieldView(note)}
      </div>
    </form>`;
  }

  private get uploads(): Uploads {
    return this.desk.uploadsOf(this.summary.id);
  }

  /** Files go with a reply only. */
  private get takesFiles(): boolean {
    return this.kind === 'reply' && this.mine;
  }

  private get mine(): boolean {
    return this.summary.owner === 'operator' && this.summary.operator?.id === this.desk.state.me?.id;
  }

  private tabView(kind: DraftKind, label: string): TemplateResult {
    const chosen = this.kind === kind;
    return html`<button
      type="button"
      role="tab"
      id="composer-${kind}"
      class="composer-tab"
      aria-selected=${chosen ? 'true' : 'false'}
      aria-controls="composer-panel"
      @click=${() => {
        this.begin(kind);
      }}
    >
      ${label}
    </button>`;
  }

  /** Why nothing can be said to the resident now, and what can be done about it. */
  private shutView(): TemplateResult {
    const { owner, operator } = this.summary;
    const texts = {
      queued: words.composer.notOwner,
      operator: words.composer.withColleague(operator?.name ?? words.thread.operator),
      bot: words.composer.withBot,
      closed: words.composer.closed,
    };
    const draft =
      this.text.trim() === '' ? nothing : html`<p class="kept">${words.list.draft}: ${this.text}</p>`;
    return html`<div class="shut">
      <p>${texts[owner]}</p>
      ${
        owner === 'queued'
          ? html`<button type="button" class="primary" @click=${() => void this.claim()}>
              ${words.thread.claim}
            </button>`
          : nothing
      }
      ${draft}
    </div>`;
  }

  private fieldView(note: boolean): TemplateResult {
    const { sendKey } = this.desk.settings;
    const list = this.found();
    const length = lengthOf(this.text);
    return html`<label class="unseen" for="composer-input"
        >${note ? words.composer.noteLabel : words.composer.replyLabel}</label
      >
      <textarea
        id="composer-input"
        rows="2"
        autocomplete="off"
        placeholder=${note ? words.composer.notePlaceholder : words.composer.replyPlaceholder}
        aria-describedby="composer-hint composer-counter"
        aria-invalid=${length > TEXT_LIMIT ? 'true' : 'false'}
        aria-controls=${list === null ? nothing : 'canned-list'}
        aria-activedescendant=${list === null || list.length === 0 ? nothing : `canned-${this.active}`}
        .value=${this.text}
        @input=${this.onInput}
        @keydown=${this.onKey}
        @blur=${this.onBlur}
      ></textarea>
      <div class="composer-foot">
        ${note ? nothing : this.insertView()}
        <p id="composer-hint" class="hint">
          ${sendKey === 'enter' ? words.composer.hintEnter : words.composer.hintCtrl}
        </p>
        <p id="composer-counter" class="counter ${length > TEXT_LIMIT ? 'over' : ''}">
          ${this.counter(length)}
        </p>
        <button type="submit" class="primary send-button">
          ${note ? words.composer.addNote : words.composer.send}
        </button>
      </div>`;
  }

  private insertView(): TemplateResult {
    return html`${attachView(this.uploads, words.files, 'tool-button quiet')}<button
        type="button"
        class="tool-button quiet"
        title=${words.composer.canned}
        aria-label=${words.composer.canned}
        @click=${this.onSlash}
      >
        ${cannedIcon}
      </button>
      <button
        type="button"
        class="tool-button quiet"
        title=${words.composer.card}
        aria-label=${words.composer.card}
        @click=${() => {
          this.nav.open('service');
        }}
      >
        ${caseIcon}
      </button>`;
  }

  private counter(length: number): string | typeof nothing {
    if (length < TEXT_LIMIT * COUNTER_FROM) return nothing;
    const left = TEXT_LIMIT - length;
    return left < 0 ? words.composer.exceeded(-left) : words.composer.remaining(left);
  }

  /** The canned replies to choose from; null while none is asked for. */
  private found(): readonly Canned[] | null {
    const query = this.kind === 'reply' && this.mine && !this.dismissed ? slashQuery(this.text) : null;
    if (query === null) return null;
    const usable = this.desk.state.canned.filter(
      (item) => item.municipality === null || item.municipality === this.summary.municipality,
    );
    return matching(usable, query).slice(0, MOST_SHOWN);
  }

  private cannedView(): TemplateResult | typeof nothing {
    const list = this.found();
    if (list === null) return nothing;
    return html`<div class="canned-list">
      <ul id="canned-list" role="listbox" aria-label=${words.composer.cannedLabel}>
        ${list.map(
          (item, index) =>
            html`<li
              role="option"
              id="canned-${index}"
              aria-selected=${index === this.active ? 'true' : 'false'}
              @mousedown=${(event: Event) => {
                event.preventDefault();
                this.insert(item);
              }}
            >
              <b>/${item.shortcut}</b> <span>${item.title}</span>
              <span class="canned-text">${item.text}</span>
            </li>`,
        )}
      </ul>
      ${list.length === 0 ? html`<p class="canned-empty" role="status">${words.composer.cannedEmpty}</p>` : nothing}
      <a class="canned-manage" href=${addressOf('canned')}>${words.composer.cannedManage}</a>
    </div>`;
  }

  private choose(kind: DraftKind): void {
    this.kind = kind;
  }

  private keep(text: string): void {
    this.text = text;
    this.desk.drafts.set(this.summary.id, this.kind, text);
  }

  private insert(item: Canned): void {
    const { me } = this.desk.state;
    const resident = this.desk.state.threads.get(this.summary.id)?.resident ?? null;
    const filled = fill(item.text, {
      vardas: resident === null ? null : vocative(resident),
      savivaldybe: placeName(me, this.summary.municipality),
      operatorius: me?.name ?? null,
    });
    this.keep(filled.text);
    void this.updateComplete.then(() => {
      this.input?.focus();
      if (filled.open !== null) this.input?.setSelectionRange(...filled.open);
    });
  }

  private trySend(): void {
    const text = this.text.trim();
    const files = this.takesFiles ? this.uploads : null;
    if (text === '' && (files === null || files.items.length === 0)) return;
    const open = this.kind === 'reply' ? openPlaceholder(this.text) : null;
    if (lengthOf(text) > TEXT_LIMIT) this.refusal = words.composer.tooLong;
    else if (files?.busy === true) this.refusal = words.files.onTheirWay;
    else if (files?.broken === true) this.refusal = words.files.broken;
    else if (open !== null) {
      this.refusal = words.composer.open;
      this.input?.setSelectionRange(...open);
    } else {
      this.refusal = null;
      if (this.kind === 'note') this.desk.note(this.summary.id, text);
      else this.desk.reply(this.summary.id, text, files?.attachments);
      files?.clear();
      this.keep('');
      this.desk.typing(this.summary.id, false);
    }
  }

  private readonly onInput = (event: Event): void => {
    const target = event.target;
    if (!(target instanceof HTMLTextAreaElement)) return;
    this.keep(target.value);
    this.active = 0;
    this.dismissed = false;
    if (lengthOf(this.text) <= TEXT_LIMIT) this.refusal = null;
    if (this.kind === 'reply' && this.mine) this.desk.typing(this.summary.id, this.text.trim() !== '');
  };

  private readonly onPaste = (event: ClipboardEvent): void => {
    const files = this.takesFiles ? filesIn(event.clipboardData) : [];
    if (files.length === 0) return;
    event.preventDefault();
    this.uploads.add(files);
  };

  private readonly onDrag = (event: DragEvent): void => {
    if (!this.takesFiles || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.dragging = true;
  };

  private readonly onDragEnd = (): void => {
    this.dragging = false;
  };

  private readonly onDrop = (event: DragEvent): void => {
    this.dragging = false;
    if (!this.takesFiles || event.dataTransfer === null) return;
    event.preventDefault();
    this.uploads.add(event.dataTransfer.files);
  };

  private readonly onBlur = (): void => {
    this.desk.typing(this.summary.id, false);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const list = this.found();
    if (list !== null && this.onListKey(event, list)) event.preventDefault();
    else if (sends(event, this.desk.settings.sendKey)) {
      event.preventDefault();
      this.trySend();
    }
  };

  /** Whether the key moved in the list of canned replies or chose from it. */
  private onListKey(event: KeyboardEvent, list: readonly Canned[]): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && list.length > 0) {
      this.active = (this.active + step + list.length) % list.length;
      return true;
    }
    const chosen = list[this.active];
    if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen !== undefined) {
      this.insert(chosen);
      return true;
    }
    if (event.key !== 'Escape') return false;
    this.dismissed = true;
    return true;
  }

  private readonly onSlash = (): void => {
    this.dismissed = false;
    if (this.text.trim() === '') this.keep('/');
    this.input?.focus();
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    this.trySend();
    this.input?.focus();
  };
}

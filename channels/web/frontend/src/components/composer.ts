/** Where the resident writes: Enter sends, Shift+Enter is a new line, a text past the limit is refused in words. */

import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { lengthOf } from '../format';
import type { Attachment } from '../files';
import type { Words } from '../i18n';
import { filesIn, type Upload, type Uploads } from '../uploads';
import { sendIcon } from './icons';
import { LightElement } from './light-element';
import { attachView, uploadsView } from './uploads';

/** The counter appears when this share of the limit is used: 1,800 of 2,000. */
const COUNTER_FROM = 0.9;
const TALLEST_PX = 140;

export class LangelisComposer extends LightElement {
  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) limit = 0;
  @property({ attribute: false }) uploads!: Uploads;
  /** What `uploads` holds; given so that a change shows. */
  @property({ attribute: false }) uploaded: readonly Upload[] = [];
  @property({ attribute: false }) fileRefusal: string | null = null;
  /** False until there is a conversation that files could belong to. */
  @property({ attribute: false }) canAttach = false;
  @property({ attribute: false }) submit: (text: string, attachments: readonly Attachment[]) => void = () =>
    undefined;
  @state() private draft = '';
  @state() private refused = false;
  /** Why the message cannot go yet although it may be sent as it is. */
  @state() private waiting: string | null = null;
  @state() private dragging = false;
  @query('textarea') private input!: HTMLTextAreaElement;

  focusInput(): void {
    this.input.focus();
  }

  protected override render(): TemplateResult {
    const length = lengthOf(this.draft);
    const over = length - this.limit;
    return html`<form
      class="composer ${this.dragging ? 'dragging' : ''}"
      novalidate
      @submit=${this.onSubmit}
      @paste=${this.onPaste}
      @dragover=${this.onDrag}
      @dragleave=${this.onDragEnd}
      @drop=${this.onDrop}
    >
      ${this.problem(over)} ${uploadsView(this.uploads, this.words)}
      ${this.dragging ? html`<p class="drop-here">${this.words.dropHere}</p>` : nothing}
      <div class="field ${over > 0 ? 'over' : ''}">
        ${this.canAttach ? attachView(this.uploads, this.words, 'attach') : nothing}
        <label class="unseen" for="langelis-input">${this.words.inputLabel}</label>
        <textarea
          id="langelis-input"
          rows="1"
          autocomplete="off"
          enterkeyhint="send"
          placeholder=${this.words.placeholder}
          aria-describedby="langelis-hint langelis-counter"
          aria-invalid=${over > 0 ? 'true' : 'false'}
          .value=${this.draft}
          @input=${this.onInput}
          @keydown=${this.onKey}
        ></textarea>
        <button type="submit" class="send" aria-label=${this.words.send} title=${this.words.send}>
          ${sendIcon}
        </button>
      </div>
      <div class="below">
        <p id="langelis-hint">${this.words.hint}</p>
        <p id="langelis-counter" class="counter ${over > 0 ? 'over' : ''}">${this.counter(length)}</p>
      </div>
    </form>`;
  }

  private counter(length: number): string | typeof nothing {
    if (length < this.limit * COUNTER_FROM) return nothing;
    const left = this.limit - length;
    return left < 0 ? this.words.exceeded(-left) : this.words.remaining(left);
  }

  /** The container is always there, so that screen readers notice the sentence when it comes. */
  private problem(over: number): TemplateResult {
    const limit = this.limit.toLocaleString(this.words.locale);
    return html`<div role="alert">
      ${over > 0 && this.refused ? html`<p class="problem">${this.words.tooLong(over, limit)}</p>` : nothing}
      ${this.waiting === null ? nothing : html`<p class="problem">${this.waiting}</p>`}
    </div>`;
  }

  private readonly onInput = (): void => {
    this.draft = this.input.value;
    if (lengthOf(this.draft) <= this.limit) this.refused = false;
    this.fit();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.trySend();
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    this.trySend();
    this.input.focus();
  };

  private trySend(): void {
    const text = this.draft.trim();
    const { attachments, busy, broken } = this.uploads;
    if (text === '' && this.uploads.items.length === 0) return;
    this.refused = lengthOf(text) > this.limit;
    this.waiting = busy ? this.words.filesOnTheirWay : broken ? this.words.filesBroken : null;
    if (this.refused || this.waiting !== null) return;
    this.submit(text, attachments);
    this.uploads.clear();
    this.draft = this.input.value = '';
    this.fit();
  }

  protected override willUpdate(): void {
    if (!this.uploads.busy && !this.uploads.broken) this.waiting = null;
  }

  private readonly onPaste = (event: ClipboardEvent): void => {
    const files = this.canAttach ? filesIn(event.clipboardData) : [];
    if (files.length === 0) return;
    event.preventDefault();
    this.uploads.add(files);
  };

  private readonly onDrag = (event: DragEvent): void => {
    if (!this.canAttach || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.dragging = true;
  };

  private readonly onDragEnd = (): void => {
    this.dragging = false;
  };

  private readonly onDrop = (event: DragEvent): void => {
    this.dragging = false;
    if (!this.canAttach || event.dataTransfer === null) return;
    event.preventDefault();
    this.uploads.add(event.dataTransfer.files);
  };

  private fit(): void {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(TALLEST_PX, this.input.scrollHeight)}px`;
  }
}

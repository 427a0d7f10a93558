/** Where the resident writes: Enter sends, Shift+Enter is a new line, a text past the limit is refused in words. */

import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { lengthOf } from '../format';
import type { Words } from '../i18n';
import { sendIcon } from './icons';
import { LightElement } from './light-element';

/** The counter appears when this share of the limit is used: 1,800 of 2,000. */
const COUNTER_FROM = 0.9;
const TALLEST_PX = 140;

export class LangelisComposer extends LightElement {
  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) limit = 0;
  @property({ attribute: false }) submit: (text: string) => void = () => undefined;
  /** Told of every change of the text, and of "" when the field is left. */
  @property({ attribute: false }) writing: (text: string) => void = () => undefined;
  @state() private draft = '';
  @state() private refused = false;
  @query('textarea') private input!: HTMLTextAreaElement;

  focusInput(): void {
    this.input.focus();
  }

  protected override render(): TemplateResult {
    const length = lengthOf(this.draft);
    const over = length - this.limit;
    return html`<form class="composer" novalidate @submit=${this.onSubmit}>
      ${this.problem(over)}
      <div class="field ${over > 0 ? 'over' : ''}">
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
          @blur=${this.onLeave}
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
    </div>`;
  }

  private readonly onInput = (): void => {
    this.draft = this.input.value;
    if (lengthOf(this.draft) <= this.limit) this.refused = false;
    this.fit();
    this.writing(this.draft);
  };

  private readonly onLeave = (): void => {
    this.writing('');
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
    if (text === '') return;
    this.refused = lengthOf(text) > this.limit;
    if (this.refused) return;
    this.submit(text);
    this.draft = this.input.value = '';
    this.fit();
  }

  private fit(): void {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(TALLEST_PX, this.input.scrollHeight)}px`;
  }
}

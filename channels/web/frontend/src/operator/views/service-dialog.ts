/** Looking up a service in the catalogue and sending its card, seen first as the resident will see it. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { cardView } from '../../components/card';
import { each, listIn } from '../../fields';
import { lt as common } from '../../i18n/lt';
import { lt as words } from '../../i18n/operator-lt';
import type { Service } from '../model';
import { readService } from '../readers';
import { DialogPart, problem, valueOf } from './part';

const PAUSE_MS = 250;

export class ServiceDialog extends DialogPart {
  @state() private query = '';
  @state() private services: readonly Service[] | null = null;
  @state() private chosen: Service | null = null;
  @state() private error: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    // The bot's own guess is where most begin.
    this.query = this.conversation?.topic ?? '';
    if (this.query !== '') void this.search();
  }

  protected override render(): TemplateResult {
    return this.frame(
      words.service.title,
      html`<div class="service-dialog">
        <label class="field-label">
          ${words.service.search}
          <input
            type="search"
            autofocus
            autocomplete="off"
            placeholder=${words.service.placeholder}
            .value=${this.query}
            @input=${this.onInput}
          />
        </label>
        ${problem(this.error)}
        <div class="service-columns">
          ${this.resultsView()}
          <div class="service-preview" aria-live="polite">${this.previewView()}</div>
        </div>
        <div class="dialog-buttons">
          <button type="button" class="secondary" @click=${this.onClose}>${words.cancel}</button>
          <button type="button" class="primary" ?disabled=${this.chosen === null} @click=${this.onSend}>
            ${words.service.send}
          </button>
        </div>
      </div>`,
      'wide-dialog',
    );
  }

  private resultsView(): TemplateResult {
    if (this.services === null) return html`<p class="hint">${words.service.begin}</p>`;
    if (this.services.length === 0) return html`<p class="hint" role="status">${words.service.nothing}</p>`;
    return html`<ul class="service-list" aria-label=${words.service.results}>
      ${this.services.map(
        (service) =>
          html`<li>
            <button
              type="button"
              aria-pressed=${service === this.chosen ? 'true' : 'false'}
              @click=${() => {
                this.chosen = service;
              }}
            >
              ${service.title}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  private previewView(): TemplateResult | typeof nothing {
    if (this.chosen === null) return nothing;
    const { card } = this.chosen;
    return html`<p class="hint">${words.service.preview}</p>
      ${card === null ? html`<p>${words.service.noPreview}</p>` : html`<div class="said with-card">${cardView(card, common)}</div>`}`;
  }

  private async search(): Promise<void> {
    const turn = (this.asked += 1);
    const municipality = this.conversation?.municipality ?? '';
    try {
      const found = each(
        listIn(await this.desk.api.get('/services', { municipality, q: this.query })),
        readService,
      );
      // An answer to an older question must not replace a newer one.
      if (turn !== this.asked) return;
      this.services = found;
      this.chosen = found[0] ?? null;
      this.error = null;
    } catch (error) {
      this.error = this.desk.wordsOf(error);
    }
  }

  private readonly onInput = (event: Event): void => {
    this.query = valueOf(event);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.query.trim() !== '') void this.search();
    }, PAUSE_MS);
  };

  private readonly onSend = (): void => {
    const id = this.conversation?.id;
    if (this.chosen === null || id === undefined) return;
    this.desk.sendCard(id, this.chosen.id, this.chosen.title);
    this.nav.shut();
  };
}

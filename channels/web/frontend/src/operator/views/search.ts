/** Search over all logs, with filters, and the results to take away. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { each, isFields } from '../../fields';
import { lt as words } from '../../i18n/operator-lt';
import { queryString } from '../api';
import type { Hit } from '../model';
import { identity, readHit } from '../readers';
import { addressOf } from '../routes';
import { formValues, may, options, Part, placeName, problem, type Option } from './part';
import { longWhen } from './when';

const ANY: Option = { value: '', label: words.any };

export class SearchPage extends Part {
  @state() private hits: readonly Hit[] | null = null;
  @state() private next: string | null = null;
  @state() private error: string | null = null;
  @state() private busy = false;
  @state() private asked: Readonly<Record<string, string>> = {};

  protected override render(): TemplateResult {
    return html`<section class="page">
      <header class="page-head"><h1>${words.search.title}</h1></header>
      <form class="search-form" role="search" @submit=${this.onSubmit}>
        <label class="field-label grow"
          >${words.search.query}
          <input
            name="q"
            type="search"
            autocomplete="off"
            maxlength="200"
            aria-describedby="search-hint"
            autofocus
        /></label>
        <button type="submit" class="primary" ?disabled=${this.busy}>${words.search.submit}</button>
        <p id="search-hint" class="hint">${words.search.hint}</p>
        ${this.filtersView()}
      </form>
      ${problem(this.error)} ${this.resultsView()}
    </section>`;
  }

  private filtersView(): TemplateResult {
    const { me, colleagues } = this.desk.state;
    const people = colleagues.map(({ id, name }) => ({ value: id, label: name }));
    const places = (me?.municipalities ?? []).map(({ id, name }) => ({ value: id, label: name }));
    const channels = Object.entries(words.channels).map(([value, label]) => ({ value, label }));
    const outcomes = Object.entries(words.finish.reasons).map(([value, label]) => ({ value, label }));
    return html`<details class="search-filters">
      <summary>${words.search.filters}</summary>
      <div class="filters">
        <label class="field-label">${words.search.from}<input name="from" type="date" /></label>
        <label class="field-label">${words.search.until}<input name="until" type="date" /></label>
        ${selectView('municipality', words.list.municipality, places)}
        ${selectView('operator', words.search.operator, people)}
        ${selectView('channel', words.search.channel, channels)}
        ${selectView('outcome', words.search.outcome, outcomes)}
        <label class="field-label"
          >${words.search.intent}<input name="intent" type="text" maxlength="80" autocomplete="off"
        /></label>
      </div>
    </details>`;
  }

  private resultsView(): TemplateResult {
    if (this.hits === null)
      return html`<p class="empty">${this.busy ? words.loading : words.search.begin}</p>`;
    if (this.hits.length === 0) return html`<p class="empty" role="status">${words.search.nothing}</p>`;
    return html`<div class="results-head">
        <h2>${words.search.results}</h2>
        ${may(this.desk.state.me, 'export') ? this.exportView() : nothing}
      </div>
      <ul class="hits">
        ${this.hits.map((hit) => this.hitView(hit))}
      </ul>
      ${
        this.next === null
          ? nothing
          : html`<button type="button" class="secondary wide" @click=${() => void this.search(this.next)}>
              ${words.more}
            </button>`
      }`;
  }

  private exportView(): TemplateResult {
    return html`<p class="export">
      ${words.search.export}:
      ${['csv', 'json'].map(
        (format) =>
          html` <a
            class="tool-button"
            href="/operator/api/export${queryString({ format, ...this.asked })}"
            download
            >${format.toUpperCase()}</a
          >`,
      )}
      <span class="hint">${words.search.exportText}</span>
    </p>`;
  }

  private hitView(hit: Hit): TemplateResult {
    const place = placeName(this.desk.state.me, hit.municipality);
    return html`<li>
      <a href=${addressOf('conversations', hit.conversation, hit.seq)}>
        <span class="hit-text"
          >${hit.snippet.map((part) => (part.hit ? html`<mark>${part.text}</mark>` : part.text))}</span
        >
        <span class="hint"
          >${words.search.authors[hit.author]} · ${place} ·
          <span class="whole">${longWhen(hit.at)}</span></span
        >
      </a>
    </li>`;
  }

  private async search(before: string | null): Promise<void> {
    this.busy = true;
    this.error = null;
    try {
      const answer = await this.desk.api.get('/search', { ...this.asked, before });
      const found = isFields(answer) ? each(answer.items, readHit) : [];
      this.hits = before === null ? found : [...(this.hits ?? []), ...found];
      this.next = isFields(answer) ? identity(answer.next) : null;
    } catch (error) {
      this.error = this.desk.wordsOf(error);
    }
    this.busy = false;
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const values = formValues(event.target as HTMLFormElement);
    if (Object.values(values).every((value) => value === '')) return;
    this.asked = values;
    this.hits = null;
    void this.search(null);
  };
}

function selectView(name: string, label: string, list: readonly Option[]): TemplateResult {
  return html`<label class="field-label"
    >${label}
    <select name=${name}>
      ${options([ANY, ...list], '')}
    </select></label
  >`;
}

/** The register of cases: both clocks of each, what is overdue first. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { each, listIn } from '../../fields';
import { lt as words } from '../../i18n/operator-lt';
import { readCaseLine } from '../case-readers';
import { byUrgency } from '../lists';
import type { CaseLine } from '../model';
import { addressOf } from '../routes';
import { failedView, formValues, options, Part, placeName } from './part';
import { dayOf, daysUntil } from './when';

export class CaseRegister extends Part {
  @state() private loading: 'loading' | 'ready' | 'failed' = 'loading';
  @state() private filters: Readonly<Record<string, string>> = {};
  @state() private shown: readonly string[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="page">
      <header class="page-head">
        <h1>${words.cases.title}</h1>
        <p class="hint">${words.cases.text}</p>
      </header>
      ${this.filtersView()} ${this.body()}
    </section>`;
  }

  private filtersView(): TemplateResult {
    const places = this.desk.state.me?.municipalities ?? [];
    const states = Object.entries(words.cases.states).map(([value, label]) => ({ value, label }));
    return html`<form class="filters" @change=${this.onFilter} @submit=${this.onFilter}>
      ${
        places.length < 2
          ? nothing
          : html`<label class="field-label"
              >${words.list.municipality}
              <select name="municipality">
                ${options(
                  [
                    { value: '', label: words.all },
                    ...places.map((place) => ({ value: place.id, label: place.name })),
                  ],
                  this.filters.municipality ?? '',
                )}
              </select></label
            >`
      }
      <label class="field-label"
        >${words.cases.state}
        <select name="state">
          ${options([{ value: '', label: words.cases.allStates }, ...states], this.filters.state ?? '')}
        </select></label
      >
      <label class="check"
        ><input type="checkbox" name="overdue" value="1" /> ${words.cases.onlyOverdue}</label
      >
    </form>`;
  }

  private body(): TemplateResult {
    if (this.loading === 'failed') return failedView(words.cases.failed, () => void this.load());
    if (this.loading === 'loading' && this.shown.length === 0)
      return html`<p class="empty" role="status">${words.loading}</p>`;
    const { cases } = this.desk.state;
    const lines = this.shown.map((number) => cases.get(number)).filter((line) => line !== undefined);
    if (lines.length === 0) return html`<p class="empty" role="status">${words.cases.empty}</p>`;
    return html`<table class="table">
      <thead>
        <tr>
          <th scope="col">${words.cases.number}</th>
          <th scope="col">${words.cases.kind}</th>
          <th scope="col">${words.cases.state}</th>
          <th scope="col">${words.cases.charter}</th>
          <th scope="col">${words.cases.legal}</th>
          <th scope="col">${words.cases.unit}</th>
          <th scope="col">${words.cases.received}</th>
        </tr>
      </thead>
      <tbody>
        ${[...lines].sort(byUrgency).map((line) => this.lineView(line))}
      </tbody>
    </table>`;
  }

  private lineView(line: CaseLine): TemplateResult {
    const place = line.municipality === null ? '' : placeName(this.desk.state.me, line.municipality);
    return html`<tr class=${line.overdue ? 'overdue' : ''}>
      <th scope="row" data-label=${words.cases.number}>
        <a class="whole" href=${addressOf('cases', line.number)}>${line.number}</a>
        ${line.overdue ? html`<span class="chip bad">${words.cases.overdue}</span>` : nothing}
      </th>
      <td data-label=${words.cases.kind}>
        ${line.kindWords}${place === '' ? nothing : html`<br /><span class="hint">${place}</span>`}
      </td>
      <td data-label=${words.cases.state}>${line.stateWords}</td>
      <td data-label=${words.cases.charter}>${dueView(line.charterDue)}</td>
      <td data-label=${words.cases.legal}>${dueView(line.legalDue)}</td>
      <td data-label=${words.cases.unit}>${line.unit ?? words.cases.noUnit}</td>
      <td data-label=${words.cases.received}><span class="whole">${dayOf(line.received)}</span></td>
    </tr>`;
  }

  private async load(): Promise<void> {
    this.loading = 'loading';
    try {
      const found = each(listIn(await this.desk.api.get('/cases', this.filters)), readCaseLine);
      const kept = [...this.desk.state.cases.values()].filter(
        (line) => !found.some((item) => item.number === line.number),
      );
      this.shown = found.map((line) => line.number);
      this.desk.dispatch({ type: 'cases', cases: [...kept, ...found] });
      this.loading = 'ready';
    } catch {
      this.loading = 'failed';
    }
  }

  private readonly onFilter = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    this.filters = formValues(form);
    void this.load();
  };
}

/** A due date with how far it is, in words: colour alone says nothing to some. */
export function dueView(due: string | null): TemplateResult {
  if (due === null) return html`<span class="hint" title=${words.cases.noTerm}>–</span>`;
  const days = daysUntil(due, new Date());
  const mark = days < 0 ? 'bad' : days <= 2 ? 'warn' : '';
  return html`<span class="due ${mark}"
    ><span class="whole">${due}</span> <span class="due-words">${dueWords(days)}</span></span
  >`;
}

function dueWords(days: number): string {
  if (days < 0) return `vėluoja ${-days} d.`;
  if (days === 0) return 'šiandien';
  return days === 1 ? 'rytoj' : `po ${days} d.`;
}

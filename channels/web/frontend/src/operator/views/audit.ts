/** The audit log: who did what with what, for supervisors. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { each, isFields, listIn } from '../../fields';
import { lt as words } from '../../i18n/operator-lt';
import { readAudit } from '../case-readers';
import type { AuditEntry } from '../model';
import { identity } from '../readers';
import { failedView, formValues, options, Part, placeName } from './part';
import { longWhen } from './when';

const w = words.account.audit;

export class AuditPage extends Part {
  @state() private entries: readonly AuditEntry[] | null = null;
  @state() private next: string | null = null;
  @state() private failed = false;
  private filters: Readonly<Record<string, string>> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load(null);
  }

  protected override render(): TemplateResult {
    return html`<section class="page">
      <header class="page-head">
        <h1>${w.title}</h1>
        <p class="hint">${w.text}</p>
      </header>
      ${this.filtersView()} ${this.body()}
    </section>`;
  }

  private filtersView(): TemplateResult {
    const { colleagues, me } = this.desk.state;
    const people = colleagues.map(({ id, name }) => ({ value: id, label: name }));
    const actions = Object.entries(w.actions).map(([value, label]) => ({ value, label }));
    const places = (me?.municipalities ?? []).map(({ id, name }) => ({ value: id, label: name }));
    const any = { value: '', label: words.any };
    return html`<form class="filters" @submit=${this.onSubmit}>
      <label class="field-label">${w.from}<input name="from" type="date" /></label>
      <label class="field-label">${w.until}<input name="to" type="date" /></label>
      <label class="field-label"
        >${w.operator}
        <select name="operator">
          ${options([any, ...people], '')}
        </select></label
      >
      <label class="field-label"
        >${w.action}
        <select name="action">
          ${options([{ value: '', label: w.all }, ...actions], '')}
        </select></label
      >
      <label class="field-label"
        >${words.list.municipality}
        <select name="municipality">
          ${options([{ value: '', label: words.all }, ...places], '')}
        </select></label
      >
      <button type="submit" class="secondary">${w.filter}</button>
    </form>`;
  }

  private body(): TemplateResult {
    if (this.failed) return failedView(w.failed, () => void this.load(null));
    if (this.entries === null) return html`<p class="empty" role="status">${words.loading}</p>`;
    if (this.entries.length === 0) return html`<p class="empty" role="status">${w.empty}</p>`;
    return html`<table class="table">
        <thead>
          <tr>
            <th scope="col">${w.at}</th>
            <th scope="col">${w.operator}</th>
            <th scope="col">${w.action}</th>
            <th scope="col">${w.object}</th>
            <th scope="col">${w.data}</th>
          </tr>
        </thead>
        <tbody>
          ${this.entries.map((entry) => this.lineView(entry))}
        </tbody>
      </table>
      ${
        this.next === null
          ? nothing
          : html`<button type="button" class="secondary wide" @click=${() => void this.load(this.next)}>
              ${words.more}
            </button>`
      }`;
  }

  private lineView(entry: AuditEntry): TemplateResult {
    const place = entry.municipality === null ? '' : placeName(this.desk.state.me, entry.municipality);
    return html`<tr>
      <td data-label=${w.at}><span class="whole">${longWhen(entry.at)}</span></td>
      <td data-label=${w.operator}>
        ${entry.operator === '' ? w.nobody : entry.operator}<br /><span class="hint">${entry.address}</span>
      </td>
      <td data-label=${w.action}>${known(w.actions, entry.action)}</td>
      <td data-label=${w.object}>
        ${known(w.objects, entry.objectType)} <span class="id">${entry.objectId}</span>
        ${place === '' ? nothing : html`<br /><span class="hint">${place}</span>`}
      </td>
      <td data-label=${w.data}>${entry.data}</td>
    </tr>`;
  }

  private async load(before: string | null): Promise<void> {
    this.failed = false;
    try {
      const answer = await this.desk.api.get('/audit', { ...this.filters, before });
      const found = each(listIn(answer), readAudit);
      this.entries = before === null ? found : [...(this.entries ?? []), ...found];
      this.next = isFields(answer) ? identity(answer.next_before) : null;
    } catch {
      this.failed = true;
    }
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.filters = formValues(event.target as HTMLFormElement);
    this.entries = null;
    void this.load(null);
  };
}

/** The words for what the server names; what is not known here is shown as it is named. */
function known(names: Readonly<Record<string, string>>, name: string): string {
  return names[name] ?? name;
}

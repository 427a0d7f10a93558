/** The administration page: everybody's accounts. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { each, isFields, listIn, text } from '../../fields';
import { lt as words } from '../../i18n/operator-lt';
import { readAccount } from '../case-readers';
import type { Account } from '../model';
import { addIcon } from './icons';
import { failedView, formValues, options, Part, placeName, problem } from './part';

const w = words.account;

interface OneTime {
  readonly name: string;
  readonly password: string;
}

export class PeoplePage extends Part {
  @state() private people: readonly Account[] | null = null;
  @state() private failed = false;
  @state() private editing: Account | 'new' | null = null;
  @state() private chosenRole = 'operator';
  @state() private error: string | null = null;
  @state() private oneTime: OneTime | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    return html`<section class="page">
      <header class="page-head"><h1>${w.people.title}</h1></header>
      ${this.oneTimeView()}
      ${
        this.editing === null
          ? html`<button
              type="button"
              class="primary"
              @click=${() => {
                this.edit('new');
              }}
            >
              ${addIcon}${w.people.add}
            </button>`
          : this.formView(this.editing === 'new' ? null : this.editing)
      }
      ${this.body()}
    </section>`;
  }

  private body(): TemplateResult {
    if (this.failed) return failedView(w.people.failed, () => void this.load());
    if (this.people === null) return html`<p class="empty" role="status">${words.loading}</p>`;
    return html`<table class="table">
      <thead>
        <tr>
          <th scope="col">${w.people.name}</th>
          <th scope="col">${w.login}</th>
          <th scope="col">${w.role}</th>
          <th scope="col">${w.municipalities}</th>
          <th scope="col">${w.people.state}</th>
          <th scope="col"><span class="unseen">${words.thread.menu}</span></th>
        </tr>
      </thead>
      <tbody>
        ${this.people.map((person) => this.lineView(person))}
      </tbody>
    </table>`;
  }

  private lineView(person: Account): TemplateResult {
    const places = person.municipalities.map((id) => placeName(this.desk.state.me, id)).join(', ');
    return html`<tr class=${person.disabled ? 'dim' : ''}>
      <th scope="row" data-label=${w.people.name}>${person.name}</th>
      <td data-label=${w.login}>${person.login}</td>
      <td data-label=${w.role}>${w.roles[person.role]}</td>
      <td data-label=${w.municipalities}>
        ${person.role === 'administrator' ? w.allMunicipalities : places}
        ${person.departments.length === 0 ? nothing : html`<br /><span class="hint">${person.departments.join(', ')}</span>`}
      </td>
      <td data-label=${w.people.state}>
        ${person.disabled ? html`<span class="chip bad">${w.people.disabled}</span>` : w.people.active}
      </td>
      <td class="row-buttons">
        <button
          type="button"
          class="plain"
          @click=${() => {
            this.edit(person);
          }}
        >
          ${words.edit}
        </button>
        <button type="button" class="plain" @click=${() => void this.reset(person)}>${w.people.reset}</button>
        <button type="button" class="plain" @click=${() => void this.toggle(person)}>
          ${person.disabled ? w.people.enable : w.people.disable}
        </button>
      </td>
    </tr>`;
  }

  private oneTimeView(): TemplateResult {
    return html`<div role="status">
      ${
        this.oneTime === null
          ? nothing
          : html`<div class="one-time">
              <h2>${w.people.oneTime(this.oneTime.name)}</h2>
              <p><code class="secret">${this.oneTime.password}</code></p>
              <p>${w.people.oneTimeText}</p>
              <div class="dialog-buttons">
                <button type="button" class="secondary" @click=${this.onCopy}>${w.people.copy}</button>
                <button
                  type="button"
                  class="primary"
                  @click=${() => {
                    this.oneTime = null;
                  }}
                >
                  ${words.close}
                </button>
              </div>
            </div>`
      }
    </div>`;
  }

  private formView(person: Account | null): TemplateResult {
    const roles = Object.entries(w.roles).map(([value, label]) => ({ value, label }));
    return html`<form class="form box-field" @submit=${this.onSubmit}>
      <h2>${person === null ? w.people.add : person.name}</h2>
      ${
        person === null
          ? html`<label class="field-label"
              >${w.people.login}
              <input
                name="login"
                required
                maxlength="100"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            /></label>`
          : nothing
      }
      <label class="field-label"
        >${w.people.name}
        <input name="display_name" required maxlength="80" autocomplete="off" .value=${person?.name ?? ''}
      /></label>
      <label class="field-label"
        >${w.role}
        <select name="role" @change=${this.onRole}>
          ${options(roles, this.chosenRole)}
        </select></label
      >
      ${this.chosenRole === 'administrator' ? html`<p class="hint">${w.people.placesAdmin}</p>` : this.placesView(person)}
      <label class="field-label"
        ><span>${w.departments} <span class="hint">(${words.optional})</span></span>
        <input
          name="departments"
          maxlength="500"
          autocomplete="off"
          .value=${person?.departments.join(', ') ?? ''}
        />
        <span class="hint">${w.people.departmentsHint}</span></label
      >
      ${problem(this.error)}
      <div class="dialog-buttons">
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.edit(null);
          }}
        >
          ${words.cancel}
        </button>
        <button type="submit" class="primary">${words.save}</button>
      </div>
    </form>`;
  }

  private placesView(person: Account | null): TemplateResult {
    const places = this.desk.state.me?.municipalities ?? [];
    return html`<fieldset class="radios">
      <legend>${w.people.places}</legend>
      ${places.map(
        (place) =>
          html`<label class="check"
            ><input
              type="checkbox"
              name="municipalities"
              value=${place.id}
              ?checked=${person?.municipalities.includes(place.id) ?? false}
            />
            ${place.name}</label
          >`,
      )}
    </fieldset>`;
  }

  private edit(what: Account | 'new' | null): void {
    this.editing = what;
    this.chosenRole = what === null || what === 'new' ? 'operator' : what.role;
    this.error = null;
    if (what !== null)
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('form input')?.focus());
  }

  private async load(): Promise<void> {
    this.failed = false;
    try {
      this.people = each(listIn(await this.desk.api.get('/operators')), readAccount);
    } catch {
      this.failed = true;
    }
  }

  private async save(body: Readonly<Record<string, unknown>>): Promise<void> {
    const { editing } = this;
    try {
      if (editing === 'new') this.show(await this.desk.api.post('/operators', body));
      else if (editing !== null)
        await this.desk.api.patch(`/operators/${encodeURIComponent(editing.id)}`, body);
      this.edit(null);
      await this.load();
    } catch (error) {
      this.error = this.desk.wordsOf(error);
    }
  }

  private show(answer: unknown): void {
    const password = isFields(answer) ? text(answer.one_time_password) : null;
    const person = isFields(answer) ? readAccount(answer.operator) : null;
    if (password !== null) this.oneTime = { name: person?.name ?? '', password };
  }

  private async reset(person: Account): Promise<void> {
    if (!window.confirm(w.people.confirmReset(person.name))) return;
    await this.desk.attempt(async () => {
      this.show(await this.desk.api.post(`/operators/${encodeURIComponent(person.id)}/reset-password`));
    });
  }

  private async toggle(person: Account): Promise<void> {
    if (!person.disabled && !window.confirm(w.people.confirmDisable(person.name))) return;
    const action = person.disabled ? 'enable' : 'disable';
    await this.desk.attempt(() =>
      this.desk.api.post(`/operators/${encodeURIComponent(person.id)}/${action}`),
    );
    await this.load();
  }

  private readonly onRole = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) this.chosenRole = event.target.value;
  };

  private readonly onCopy = async (): Promise<void> => {
    await navigator.clipboard.writeText(this.oneTime?.password ?? '');
    this.desk.say(w.people.copied);
  };

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { login, display_name, role, departments } = formValues(form);
    const list = (departments ?? '').split(',').map((name) => name.trim());
    void this.save({
      ...(login === undefined ? {} : { login }),
      display_name,
      role,
      municipalities: new FormData(form).getAll('municipalities'),
      departments: list.filter((name) => name !== ''),
    });
  };
}

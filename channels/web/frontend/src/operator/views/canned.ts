/** The canned replies and the form that changes them. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { count, isFields } from '../../fields';
import { lt as words } from '../../i18n/operator-lt';
import type { Canned } from '../model';
import { addIcon } from './icons';
import { formValues, may, options, Part, placeName, problem } from './part';

const PLACEHOLDERS = ['{{vardas}}', '{{savivaldybe}}', '{{operatorius}}'];

/** Raises `SyntaxError`. */
function readJson(text: string): unknown {
  return JSON.parse(text);
}

export class CannedPage extends Part {
  /** What is being changed; "new" for one that is not stored yet. */
  @state() private editing: Canned | 'new' | null = null;
  @state() private error: string | null = null;

  protected override render(): TemplateResult {
    const editable = may(this.desk.state.me, 'manage_canned');
    const { canned } = this.desk.state;
    return html`<section class="page narrow">
      <header class="page-head">
        <h1>${words.canned.title}</h1>
        <p class="hint">${words.canned.text} ${editable ? nothing : words.canned.readOnly}</p>
      </header>
      ${this.editing === null ? this.toolsView(editable) : nothing}
      ${this.editing === 'new' ? this.formView(null) : nothing}
      ${canned.length === 0 ? html`<p class="empty">${words.canned.empty}</p>` : nothing}
      <ul class="cards canned-cards">
        ${canned.map((item) => (this.editing === item ? html`<li>${this.formView(item)}</li>` : this.itemView(item, editable)))}
      </ul>
    </section>`;
  }

  private toolsView(editable: boolean): TemplateResult {
    return html`<p class="card-buttons">
        ${editable ? this.addView() : nothing}
        <a class="secondary" href="/operator/api/canned/export" download>${words.canned.export}</a>
        ${
          editable
            ? html`<label class="secondary file-button"
                >${words.canned.import}<input
                  type="file"
                  class="unseen"
                  accept=".json,application/json"
                  @change=${this.onFile}
              /></label>`
            : nothing
        }
      </p>
      ${problem(this.error)}`;
  }

  private addView(): TemplateResult {
    return html`<button
      type="button"
      class="primary"
      @click=${() => {
        this.edit('new');
      }}
    >
      ${addIcon}${words.canned.add}
    </button>`;
  }

  private readonly onFile = (event: Event): void => {
    const input = event.target;
    const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
    if (input instanceof HTMLInputElement && file !== undefined) void this.takeIn(file, input);
  };

  private async takeIn(file: File, input: HTMLInputElement): Promise<void> {
    this.error = null;
    try {
      const answer = await this.desk.api.post('/canned/import', readJson(await file.text()));
      await this.desk.loadCanned();
      this.desk.say(words.canned.imported(isFields(answer) ? (count(answer.count) ?? 0) : 0));
    } catch (error) {
      this.error = error instanceof SyntaxError ? words.canned.notJson : this.desk.wordsOf(error);
    }
    // The same file may be chosen once more after it was mended.
    input.value = '';
  }

  private itemView(item: Canned, editable: boolean): TemplateResult {
    const place =
      item.municipality === null ? words.canned.everyone : placeName(this.desk.state.me, item.municipality);
    return html`<li class="canned-card">
      <p><code>/${item.shortcut}</code> <b>${item.title}</b> <span class="hint">${place}</span></p>
      <p class="pre">${item.text}</p>
      ${
        editable
          ? html`<p class="card-buttons">
              <button
                type="button"
                class="plain"
                @click=${() => {
                  this.edit(item);
                }}
              >
                ${words.edit}
              </button>
              <button type="button" class="plain" @click=${() => void this.erase(item)}>
                ${words.remove}
              </button>
            </p>`
          : nothing
      }
    </li>`;
  }

  private formView(item: Canned | null): TemplateResult {
    const places = (this.desk.state.me?.municipalities ?? []).map(({ id, name }) => ({
      value: id,
      label: name,
    }));
    return html`<form class="form card-form" @submit=${this.onSubmit}>
      <label class="field-label"
        >${words.canned.shortcut}
        <input
          name="shortcut"
          required
          maxlength="40"
          pattern="[^\\s/]+"
          title=${words.canned.shortcutHint}
          autocomplete="off"
          .value=${item?.shortcut ?? ''}
      /></label>
      <label class="field-label"
        >${words.canned.name}
        <input name="title" required maxlength="120" autocomplete="off" .value=${item?.title ?? ''}
      /></label>
      <label class="field-label"
        >${words.canned.place}
        <select name="municipality">
          ${options([{ value: '', label: words.canned.everyone }, ...places], item?.municipality ?? '')}
        </select></label
      >
      <label class="field-label"
        >${words.canned.body}
        <textarea name="text" required rows="5" maxlength="5000" .value=${item?.text ?? ''}></textarea>
      </label>
      <p class="hint">
        ${words.canned.placeholders}: ${PLACEHOLDERS.map((name) => html`<code>${name}</code> `)}
      </p>
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

  private edit(what: Canned | 'new' | null): void {
    this.editing = what;
    this.error = null;
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const values = formValues(event.target as HTMLFormElement);
    void this.save({ ...values, municipality: values.municipality === '' ? null : values.municipality });
  };

  private async save(body: unknown): Promise<void> {
    const { editing } = this;
    try {
      if (editing === 'new') await this.desk.api.post('/canned', body);
      else if (editing !== null) await this.desk.api.patch(`/canned/${encodeURIComponent(editing.id)}`, body);
      this.edit(null);
      await this.desk.loadCanned();
      this.desk.say(words.saved);
    } catch (error) {
      this.error = this.desk.wordsOf(error);
    }
  }

  private async erase(item: Canned): Promise<void> {
    if (!window.confirm(words.canned.confirm(item.title))) return;
    await this.desk.attempt(async () => {
      await this.desk.api.delete(`/canned/${encodeURIComponent(item.id)}`);
      await this.desk.loadCanned();
    });
  }
}

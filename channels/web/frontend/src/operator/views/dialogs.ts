/** Handing a conversation over, ending it, giving it back to the bot. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { each, listIn, text } from '../../fields';
import { lt as words } from '../../i18n/operator-lt';
import type { TransferTo } from '../desk';
import type { CloseReason, Summary } from '../model';
import { DialogPart, formValues, options, problem, valueOf, type Option } from './part';

type Target = 'operator' | 'department' | 'municipality';

const REASONS = Object.keys(words.finish.reasons) as CloseReason[];

abstract class AskingDialog extends DialogPart {
  @state() protected error: string | null = null;
  @state() protected busy = false;

  protected get open(): Summary | null {
    return this.conversation;
  }

  /** Runs the command; the window closes when it was done, else says why not. */
  protected async run(command: (id: string) => Promise<string | null>): Promise<void> {
    const id = this.conversation?.id;
    if (id === undefined || this.busy) return;
    this.busy = true;
    this.error = await command(id);
    this.busy = false;
    if (this.error === null) this.nav.shut();
  }

  protected buttons(label: string): TemplateResult {
    return html`${problem(this.error)}
      <div class="dialog-buttons">
        <button type="button" class="secondary" @click=${this.onClose}>${words.cancel}</button>
        <button type="submit" class="primary" ?disabled=${this.busy}>${label}</button>
      </div>`;
  }
}

export class TransferDialog extends AskingDialog {
  @state() private target: Target = 'operator';
  @state() private departments: readonly string[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.desk.loadColleagues().catch(() => undefined);
    const municipality = this.conversation?.municipality ?? '';
    void this.desk.attempt(async () => {
      this.departments = each(listIn(await this.desk.api.get('/departments', { municipality })), text);
    });
  }

  protected override render(): TemplateResult {
    const targets: readonly Option[] = [
      { value: 'operator', label: words.transfer.colleague },
      { value: 'department', label: words.transfer.department },
      { value: 'municipality', label: words.transfer.municipality },
    ];
    const list = this.choices();
    return this.frame(
      words.transfer.title,
      html`<form class="form" @submit=${this.onSubmit}>
        <fieldset class="radios">
          <legend>${words.transfer.to}</legend>
          ${targets.map((target) => this.targetView(target))}
        </fieldset>
        ${
          list.length === 0
            ? html`<p class="hint">${this.emptyWords()}</p>`
            : html`<label class="field-label">
                ${targets.find((target) => target.value === this.target)?.label}
                <select name="to" required>
                  <option value="">${words.transfer.choose}</option>
                  ${options(list, '')}
                </select>
              </label>`
        }
        <label class="field-label">
          ${words.transfer.note}
          <textarea name="note" rows="3" maxlength="2000" aria-describedby="transfer-hint"></textarea>
        </label>
        <p id="transfer-hint" class="hint">${words.transfer.noteHint}</p>
        ${this.buttons(words.transfer.submit)}
      </form>`,
    );
  }

  private targetView({ value, label }: Option): TemplateResult {
    return html`<label class="radio">
      <input
        type="radio"
        name="target"
        value=${value}
        ?checked=${value === this.target}
        ?autofocus=${value === this.target}
        @change=${(event: Event) => {
          this.target = valueOf(event) as Target;
        }}
      />
      ${label}
    </label>`;
  }

  private choices(): readonly Option[] {
    const { me, colleagues } = this.desk.state;
    const here = this.conversation?.municipality ?? '';
    if (this.target === 'department') return this.departments.map((name) => ({ value: name, label: name }));
    if (this.target === 'municipality')
      return (me?.everywhere ?? [])
        .filter((place) => place.id !== here)
        .map((place) => ({ value: place.id, label: place.name }));
    return colleagues
      .filter((person) => person.id !== me?.id)
      .map((person) => ({
        value: person.id,
        label: `${person.name} (${words.presence[person.presence].toLowerCase()})`,
      }));
  }

  private emptyWords(): string {
    return this.target === 'department' ? words.transfer.noDepartments : words.transfer.noColleagues;
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const values = formValues(event.target as HTMLFormElement);
    const to = values.to ?? '';
    if (to === '') {
      this.error = words.transfer.choose;
      return;
    }
    const targets: Readonly<Record<Target, TransferTo>> = {
      operator: { operator: to },
      department: { department: to },
      municipality: { municipality: to },
    };
    void this.run((id) => this.desk.transfer(id, targets[this.target], values.note ?? ''));
  };
}

export class FinishDialog extends AskingDialog {
  protected override render(): TemplateResult {
    const topic = this.open?.topic ?? '';
    return this.frame(
      words.finish.title,
      html`<form class="form" @submit=${this.onSubmit}>
        <p>${words.finish.text}</p>
        <fieldset class="radios">
          <legend>${words.finish.reason}</legend>
          ${REASONS.map(
            (reason, index) =>
              html`<label class="radio">
                <input
                  type="radio"
                  name="reason"
                  value=${reason}
                  ?checked=${index === 0}
                  ?autofocus=${index === 0}
                  required
                />
                ${words.finish.reasons[reason]}
              </label>`,
          )}
        </fieldset>
        <label class="field-label">
          ${words.finish.topic}
          <input name="topic" type="text" maxlength="120" .value=${topic} autocomplete="off" />
        </label>
        <label class="field-label">
          <span>${words.finish.comment} <span class="hint">(${words.optional})</span></span>
          <textarea name="comment" rows="2" maxlength="2000"></textarea>
        </label>
        ${this.buttons(words.finish.submit)}
      </form>`,
    );
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const values = formValues(event.target as HTMLFormElement);
    const reason = REASONS.find((name) => name === values.reason) ?? 'answered';
    void this.run((id) => this.desk.close(id, reason, values.topic ?? '', values.comment ?? ''));
  };
}

export class GiveBackDialog extends AskingDialog {
  protected override render(): TemplateResult | typeof nothing {
    return this.frame(
      words.giveBack.title,
      html`<form class="form" @submit=${this.onSubmit}>
        <p>${words.giveBack.text}</p>
        <label class="field-label">
          <span>${words.giveBack.note} <span class="hint">(${words.optional})</span></span>
          <textarea name="note" rows="3" maxlength="2000" autofocus></textarea>
        </label>
        ${this.buttons(words.giveBack.submit)}
      </form>`,
    );
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const note = formValues(event.target as HTMLFormElement).note ?? '';
    void this.run((id) => this.desk.giveBack(id, note));
  };
}

/** One case: what was filed, both clocks and how they were counted, its history, and what may be done now. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { checkIcon } from '../../components/icons';
import { richText } from '../../components/text';
import { lt as common } from '../../i18n/lt';
import { lt as words } from '../../i18n/operator-lt';
import { readCase } from '../case-readers';
import type { CaseDetail, CaseStep, CountedDay } from '../model';
import { addressOf } from '../routes';
import {
  COMMANDS,
  commandBody,
  DECISION,
  FIELDS,
  fieldView,
  missingFields,
  type CaseCommand,
} from './case-forms';
import { backIcon, printIcon } from './icons';
import { failedView, formValues, Part, problem } from './part';
import { filesView } from './row';
import { dueView } from './register';
import { longWhen, weekday } from './when';

export class CasePage extends Part {
  @state() private detail: CaseDetail | null = null;
  @state() private failure: string | null = null;
  @state() private command: CaseCommand | null = null;
  @state() private error: string | null = null;
  @state() private missing: readonly string[] = [];
  @state() private filled: readonly string[] = [];
  private number: string | null = null;
  private stateSeen = '';

  protected override willUpdate(): void {
    const { id } = this.nav.route;
    // An event may tell that the case has moved on in other hands.
    const seen = id === null ? '' : (this.desk.state.cases.get(id)?.state ?? '');
    const moved = seen !== '' && this.stateSeen !== '' && seen !== this.stateSeen && this.command === null;
    this.stateSeen = seen;
    if (id === null || (id === this.number && !moved)) return;
    if (id !== this.number) this.detail = this.command = null;
    this.number = id;
    void Promise.resolve().then(() => this.load(id));
  }

  protected override render(): TemplateResult {
    const { detail } = this;
    const { id } = this.nav.route;
    if (this.failure !== null && detail === null)
      return html`<section class="page">
        ${this.backView()}
        ${failedView(this.failure, () => {
          if (id !== null) void this.load(id);
        })}
      </section>`;
    if (detail === null)
      return html`<section class="page"><p class="empty" role="status">${words.loading}</p></section>`;
    const { line } = detail;
    return html`<section class="page case-page">
      <header class="page-head">
        ${this.backView()}
        <h1 class="whole">${line.number}</h1>
        <p>
          ${line.kindWords} · <b>${line.stateWords}</b>
          ${line.overdue ? html`<span class="chip bad">${words.cases.overdue}</span>` : nothing}
        </p>
        <p class="page-tools">
          <a
            class="tool-button"
            href="/operator/cases/${encodeURIComponent(line.number)}/print"
            target="_blank"
            rel="noopener"
            >${printIcon}${words.cases.print}</a
          >
          ${
            line.conversation === null
              ? nothing
              : html`<a class="tool-button" href=${addressOf('conversations', line.conversation)}
                  >${words.cases.conversation}</a
                >`
          }
        </p>
      </header>
      <div class="case-columns">
        <div class="case-main">
          ${this.filedView(detail)} ${this.termsView(detail)} ${historyView(detail.history)}
        </div>
        <div class="case-side">${this.actionsView(detail)}</div>
      </div>
    </section>`;
  }

  private backView(): TemplateResult {
    return html`<a class="back-link" href=${addressOf('cases')}>${backIcon}${words.cases.back}</a>`;
  }

  private filedView(detail: CaseDetail): TemplateResult {
    const { line } = detail;
    const facts: readonly (readonly [string, string | null])[] = [
      [words.cases.outcome, detail.outcome],
      [words.cases.happened, detail.happened],
      [words.cases.institution, detail.institution],
      [words.cases.about, detail.complainedAbout],
      [words.cases.received, longWhen(line.received)],
      [words.cases.unit, line.unit ?? words.cases.noUnit],
      [words.cases.contact, detail.contact.length === 0 ? words.cases.noContact : detail.contact.join(', ')],
      [words.cases.wantsReply, detail.wantsReply ? words.cases.yes : words.cases.no],
    ];
    return html`<h2>${words.cases.description}</h2>
      <p class="quote">${richText(detail.description, common)}</p>
      ${detail.attachments.length === 0 ? nothing : html`<h3>${words.files.list}</h3>`}
      ${filesView(detail.attachments, `/operator/cases/${encodeURIComponent(line.number)}/files`)}
      <dl class="facts wide-facts">
        ${facts.map(([name, value]) =>
          value === null || value === ''
            ? nothing
            : html`<div>
                <dt>${name}</dt>
                <dd>${richText(value, common)}</dd>
              </div>`,
        )}
      </dl>`;
  }

  private termsView({ line, charterDays, legalDays }: CaseDetail): TemplateResult {
    return html`<div class="clocks">
      <div class="clock">
        <h3>${words.cases.charter}</h3>
        <p>${dueView(line.charterDue)}</p>
        ${daysView(charterDays)}
      </div>
      <div class="clock">
        <h3>${words.cases.legal}</h3>
        <p>${dueView(line.legalDue)}</p>
        ${daysView(legalDays)}
      </div>
    </div>`;
  }

  private actionsView(detail: CaseDetail): TemplateResult {
    const allowed = COMMANDS.filter((command) => detail.allowed.includes(command));
    return html`<h2>${words.cases.actions}</h2>
      ${allowed.length === 0 ? html`<p class="hint">${words.cases.noActions}</p>` : nothing}
      <div class="actions">
        ${allowed.map(
          (command) =>
            html`<button
              type="button"
              class="secondary"
              aria-expanded=${command === this.command ? 'true' : 'false'}
              @click=${() => {
                this.choose(command === this.command ? null : command);
              }}
            >
              ${words.cases.commands[command]}
            </button>`,
        )}
      </div>
      ${this.command === null || !allowed.includes(this.command) ? nothing : this.formView(this.command, detail)}`;
  }

  private formView(command: CaseCommand, detail: CaseDetail): TemplateResult {
    const hint = words.cases.hints[command];
    return html`<form class="form case-form" novalidate @submit=${this.onSubmit} @input=${this.onInput}>
      <h3>${words.cases.commands[command]}</h3>
      ${hint === '' ? nothing : html`<p class="hint">${hint}</p>`}
      ${command === 'decide' ? this.checklistView() : nothing}
      ${FIELDS[command].map((item) => fieldView(item, detail, this.missing))} ${problem(this.error)}
      <div class="dialog-buttons">
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.choose(null);
          }}
        >
          ${words.cancel}
        </button>
        <button type="submit" class="primary">${words.cases.commands[command]}</button>
      </div>
    </form>`;
  }

  /** All eight at a glance, so that none is forgotten. */
  private checklistView(): TemplateResult {
    return html`<ul class="checklist" aria-label=${words.cases.checklist}>
      ${DECISION.map(({ name }) => {
        const done = this.filled.includes(name);
        return html`<li class=${done ? 'done' : ''}>
          <span class="box" aria-hidden="true">${done ? checkIcon : nothing}</span>${words.cases.fields[name]}
          <span class="unseen">(${done ? words.cases.filled : words.cases.missing})</span>
        </li>`;
      })}
    </ul>`;
  }

  private choose(command: CaseCommand | null): void {
    this.command = command;
    this.error = null;
    this.missing = this.filled = [];
    if (command === null) return;
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('.case-form input, .case-form textarea, .case-form select')?.focus(),
    );
  }

  private async load(number: string): Promise<void> {
    this.failure = null;
    try {
      const found = readCase(await this.desk.api.get(`/cases/${encodeURIComponent(number)}`));
      if (found !== null && this.number === number) this.take(found);
    } catch (error) {
      this.failure = this.desk.wordsOf(error);
    }
  }

  private take(found: CaseDetail): void {
    this.detail = found;
    this.stateSeen = found.line.state;
    const others = [...this.desk.state.cases.values()].filter((line) => line.number !== found.line.number);
    this.desk.dispatch({ type: 'cases', cases: [...others, found.line] });
  }

  private readonly onInput = (event: Event): void => {
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const values = formValues(form);
    this.filled = Object.keys(values).filter((name) => values[name] !== '');
    this.missing = this.missing.filter((name) => !this.filled.includes(name));
  };

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (this.command === null || this.number === null) return;
    const values = formValues(form);
    this.missing = missingFields(this.command, values);
    const first = this.missing[0];
    if (first !== undefined) {
      form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    void this.send(this.command, this.number, values);
  };

  /** What a rule forbids is said beside the form, and what was typed stays. */
  private async send(
    command: CaseCommand,
    number: string,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    this.error = null;
    try {
      await this.desk.api.post(
        `/cases/${encodeURIComponent(number)}/${command}`,
        commandBody(command, values),
      );
      this.choose(null);
      this.desk.say(words.cases.done);
      await this.load(number);
    } catch (error) {
      this.error = this.desk.wordsOf(error);
    }
  }
}

function daysView(days: readonly CountedDay[]): TemplateResult | typeof nothing {
  if (days.length === 0) return nothing;
  return html`<details class="days">
    <summary>${words.cases.counting}</summary>
    <ol>
      ${days.map(
        (day) =>
          html`<li class=${day.counts ? 'counts' : ''}>
            <span class="whole">${day.day}${day.until === day.day ? nothing : html` – ${day.until}`}</span>
            <span>${weekday(day.day)}</span>
            <span
              >${day.words === '' ? (day.counts ? words.cases.counts : words.cases.countsNot) : day.words}</span
            >
          </li>`,
      )}
    </ol>
  </details>`;
}

const SHOWN_DATA = ['reason', 'note', 'to', 'how', 'unit', 'person', 'days'] as const;

function historyView(history: readonly CaseStep[]): TemplateResult {
  return html`<h2>${words.cases.history}</h2>
    <ol class="history">
      ${[...history].reverse().map(
        (step) =>
          html`<li>
            <p>
              <b>${step.words}</b>
              <span class="hint"
                ><span class="whole">${longWhen(step.at)}</span
                >${step.actor === '' ? nothing : html` · ${step.actor}`}</span
              >
            </p>
            ${SHOWN_DATA.map((name) =>
              step.data[name] === undefined || step.data[name] === '' || step.words.includes(step.data[name])
                ? nothing
                : html`<p class="step-data">
                    ${words.cases.fields[name]}: ${richText(step.data[name], common)}
                  </p>`,
            )}
          </li>`,
      )}
    </ol>`;
}

/** Beside the thread: the facts of the conversation, the resident's cases and earlier conversations. */

import { html, nothing, type TemplateResult } from 'lit';
import { closeIcon } from '../../components/icons';
import { lt as words } from '../../i18n/operator-lt';
import { nextDue } from '../lists';
import type { CaseLine, Summary } from '../model';
import { addressOf } from '../routes';
import { holderName } from './thread-head';
import { channelName, Part, placeName } from './part';
import { longWhen, shortWhen, waitWords } from './when';

export class DeskContext extends Part {
  protected override render(): TemplateResult | typeof nothing {
    const summary = this.conversation;
    if (summary === null) return nothing;
    const thread = this.desk.state.threads.get(summary.id);
    return html`<aside class="context-pane" aria-label=${words.context.title}>
      <header class="context-head">
        <h2>${words.context.title}</h2>
        <button
          type="button"
          class="icon-button context-close"
          aria-label=${words.close}
          title=${words.close}
          @click=${() => {
            this.nav.showContext(false);
          }}
        >
          ${closeIcon}
        </button>
      </header>
      ${this.factsView(summary)}
      <h3>${words.context.cases}</h3>
      ${
        (thread?.cases.length ?? 0) === 0
          ? html`<p class="hint">${words.context.noCases}</p>`
          : html`<ul class="cards">
              ${thread?.cases.map((line) => caseView(line))}
            </ul>`
      }
      <h3>${words.context.earlier}</h3>
      <p class="hint">${words.context.byContact}</p>
      ${
        (thread?.earlier.length ?? 0) === 0
          ? html`<p class="hint">${words.context.noEarlier}</p>`
          : html`<ul class="cards">
              ${thread?.earlier.map((item) => earlierView(item))}
            </ul>`
      }
    </aside>`;
  }

  private factsView(summary: Summary): TemplateResult {
    const { me } = this.desk.state;
    const service = this.desk.state.threads
      .get(summary.id)
      ?.rows.findLast((row) => row.nlu !== null && row.nlu.service !== null)?.nlu?.service;
    const waited = waitOf(summary);
    const facts: readonly (readonly [string, string | null | undefined])[] = [
      [words.context.resident, this.desk.state.threads.get(summary.id)?.resident],
      [words.context.municipality, placeName(me, summary.municipality)],
      [words.context.channel, channelName(summary.channel)],
      [words.context.topic, summary.topic],
      [words.context.service, service],
      [words.context.department, summary.department],
      [words.context.holder, holderName(summary, me?.id ?? null)],
      [words.context.began, summary.claimedAt === null ? null : longWhen(summary.claimedAt)],
      [words.context.waited, waited],
    ];
    return html`<dl class="facts">
      ${facts.map(([name, value]) =>
        value === null || value === undefined || value === ''
          ? nothing
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
    </dl>`;
  }
}

function waitOf(summary: Summary): string | null {
  if (summary.queuedAt === null || summary.claimedAt === null) return null;
  const seconds = Math.floor((Date.parse(summary.claimedAt) - Date.parse(summary.queuedAt)) / 1000);
  return Number.isNaN(seconds) || seconds < 0 ? null : waitWords(seconds);
}

function caseView(line: CaseLine): TemplateResult {
  const due = nextDue(line);
  return html`<li>
    <a href=${addressOf('cases', line.number)}>
      <b class="whole">${line.number}</b> <span>${line.kindWords}</span>
      <span class="hint">${line.stateWords}</span>
      ${
        due === null
          ? nothing
          : html`<span class="chip ${line.overdue ? 'bad' : ''}"
              >${line.overdue ? words.list.overdue : words.list.due} <span class="whole">${due}</span></span
            >`
      }
    </a>
  </li>`;
}

function earlierView(item: Summary): TemplateResult {
  return html`<li>
    <a href=${addressOf('conversations', item.id)}>
      <b>${item.topic ?? words.list.noTopic}</b>
      <span class="hint">${shortWhen(item.lastAt, new Date())}</span>
      <span class="cut">${item.lastText}</span>
    </a>
  </li>`;
}

/** One message of the log: who, what, the choices below it, and when. */

import { html, nothing, type TemplateResult } from 'lit';
import { clock } from '../format';
import type { Words } from '../i18n';
import type { Author, ReplyButton } from '../protocol';
import type { LogEntry, Outgoing } from '../store';
import type { Attachment } from '../files';
import { cardView } from './card';
import { checkIcon } from './icons';
import { richText } from './text';

export interface MessageActions {
  readonly fetchFile: (id: string) => Promise<Blob>;
  choose(button: ReplyButton): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
}

/** What surrounds an entry in the log and changes how it looks. */
export interface EntryPlace {
  /** The one before is by the same author, so the name need not be seen again. */
  readonly grouped: boolean;
  /** The resident has not answered since: its buttons may be pressed. */
  readonly current: boolean;
  /** The text of the resident's next message, to show which button it was. */
  readonly answer: string | null;
}

function authorName(author: Author, words: Words): string {
  switch (author) {
    case 'bot':
      return words.authorBot;
    case 'resident':
      return words.authorResident;
    case 'operator':
      return words.authorOperator;
    case 'system':
      return words.authorSystem;
  }
}

function when(at: string, words: Words): TemplateResult {
  return html`<time datetime=${at}>${clock(at, words.locale)}</time>`;
}

function choice(
  button: ReplyButton,
  place: EntryPlace,
  words: Words,
  actions: MessageActions,
): TemplateResult {
  const chosen = !place.current && place.answer === button.title;
  return html`<button
    type="button"
    class="choice ${chosen ? 'chosen' : ''}"
    aria-disabled=${place.current ? 'false' : 'true'}
    tabindex=${place.current ? '0' : '-1'}
    @click=${() => {
      if (place.current) actions.choose(button);
    }}
  >
    ${chosen ? checkIcon : nothing}<span>${button.title}</span>
    ${chosen ? html`<span class="unseen">(${words.chosen})</span>` : nothing}
  </button>`;
}

function choices(entry: LogEntry, place: EntryPlace, words: Words, actions: MessageActions): TemplateResult {
  return html`<div class="choices ${place.current ? '' : 'locked'}" role="group" aria-label=${words.options}>
    ${entry.buttons.map((button) => choice(button, place, words, actions))}
  </div>`;
}

function systemView(entry: LogEntry, words: Words): TemplateResult {
  return html`<div class="message by-system" data-seq=${entry.seq}>
    <p>
      <span class="unseen">${words.authorSystem}: </span>${richText(entry.text, words)}
      ${when(entry.at, words)}
    </p>
  </div>`;
}

/** The bot speaks Lithuanian unless the reply says otherwise, whatever the language of the window. */
function spokenIn(entry: LogEntry): string | null {
  return entry.lang ?? (entry.author === 'bot' ? 'lt' : null);
}

/** Words, a card, or nothing where a message is only files. */
function saidView(entry: LogEntry, words: Words): TemplateResult | typeof nothing {
  if (entry.card === null && entry.text === '' && entry.attachments.length > 0) return nothing;
  return html`<div class="said ${entry.card === null ? '' : 'with-card'}">
    ${
      entry.card === null
        ? html`<p class="text">${richText(entry.text, words)}</p>`
        : cardView(entry.card, words)
    }
  </div>`;
}

function filesView(
  files: readonly Attachment[],
  words: Words,
  actions: MessageActions,
): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  return html`<ul class="files" aria-label=${words.filesOf}>
    ${files.map(
      (file) =>
        html`<li>
          <langelis-file .attachment=${file} .words=${words} .fetchFile=${actions.fetchFile}></langelis-file>
        </li>`,
    )}
  </ul>`;
}

export function entryView(
  entry: LogEntry,
  place: EntryPlace,
  words: Words,
  actions: MessageActions,
): TemplateResult {
  if (entry.author === 'system') return systemView(entry, words);
  return html`<div
    class="message by-${entry.author}"
    data-seq=${entry.seq}
    lang=${spokenIn(entry) ?? nothing}
  >
    <p class="author ${place.grouped ? 'unseen' : ''}" lang=${words.locale}>
      ${authorName(entry.author, words)}
    </p>
    ${saidView(entry, words)} ${filesView(entry.attachments, words, actions)}
    ${entry.buttons.length === 0 ? nothing : choices(entry, place, words, actions)}
    <p class="meta" lang=${words.locale}>${when(entry.at, words)}</p>
  </div>`;
}

function failedView(item: Outgoing, words: Words, actions: MessageActions): TemplateResult {
  return html`<div class="failure">
    <p>${words.failed} ${item.reason ?? ''}</p>
    ${
      item.retryable
        ? html`<button
            type="button"
            class="plain"
            @click=${() => {
              actions.retry(item.clientId);
            }}
          >
            ${words.sendAgain}
          </button>`
        : nothing
    }
    <button
      type="button"
      class="plain"
      @click=${() => {
        actions.discard(item.clientId);
      }}
    >
      ${words.discard}
    </button>
  </div>`;
}

export function outgoingView(
  item: Outgoing,
  grouped: boolean,
  words: Words,
  actions: MessageActions,
): TemplateResult {
  return html`<div class="message by-resident unsent">
    <p class="author ${grouped ? 'unseen' : ''}">${words.authorResident}</p>
    ${
      item.text === '' && item.attachments.length > 0
        ? nothing
        : html`<div class="said"><p class="text">${richText(item.text, words)}</p></div>`
    }
    ${
      item.attachments.length === 0
        ? nothing
        : html`<p class="sent-files">${item.attachments.map(({ name }) => name).join(', ')}</p>`
    }
    ${item.failed ? failedView(item, words, actions) : html`<p class="meta">${words.sending}</p>`}
  </div>`;
}

/** One row of the log as operators see it: who, what, the choices, what the bot guessed, and whether it was read. */

import { html, nothing, type TemplateResult } from 'lit';
import { cardView } from '../../components/card';
import { checkIcon, fileIcon } from '../../components/icons';
import { richText } from '../../components/text';
import { isImage, sizeWords, type Attachment } from '../../files';
import { clock } from '../../format';
import { lt as common } from '../../i18n/lt';
import { lt as words } from '../../i18n/operator-lt';
import { intents } from '../../i18n/operator-lt-intents';
import type { Guess, Note, Row } from '../model';
import type { Sending } from '../store';
import { noteIcon } from './icons';

/** Files as links that the session's cookie opens; pictures are shown. */
export function filesView(files: readonly Attachment[], folder: string): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  return html`<ul class="files" aria-label=${words.files.list}>
    ${files.map((file) => {
      const address = `${folder}/${encodeURIComponent(file.id)}`;
      return html`<li>
        <a class="file" href=${address} target="_blank" rel="noopener">
          ${isImage(file) ? html`<img src=${address} alt="" loading="lazy" @load=${onPicture} />` : fileIcon}
          <span class="file-name">${file.name}</span>
          <span class="file-size">${sizeWords(file.size, words.locale)}</span>
          <span class="unseen">(${common.newTab})</span>
        </a>
      </li>`;
    })}
  </ul>`;
}

/** The log keeps its end in sight when a picture makes it taller. */
function onPicture(event: Event): void {
  event.target?.dispatchEvent(new CustomEvent('langelis-grown', { bubbles: true }));
}

export interface RowPlace {
  readonly conversation: string;
  /** Who reads: their own messages are "you". */
  readonly me: string | null;
  /** The row before is by the same person, so the name need not be seen again. */
  readonly grouped: boolean;
  /** The resident's next message, to show which button was pressed; null while there is none. */
  readonly answer: string | null;
  /** Set under the newest message of ours that the resident has seen. */
  readonly read: boolean;
  /** The words that the resident answers to; null where that is not told. */
  readonly quoted: string | null;
  /** The row that a search has led to. */
  readonly found: boolean;
}

function nameOf(row: Row, me: string | null): string {
  switch (row.author) {
    case 'bot':
      return words.thread.bot;
    case 'resident':
      return words.thread.resident;
    case 'operator':
      return row.operator?.id === me ? words.thread.you : (row.operator?.name ?? words.thread.operator);
    case 'system':
      return words.thread.system;
  }
}

function guessView(guess: Guess): TemplateResult {
  const intent = intents[guess.intent] ?? guess.intent;
  const what = guess.service === null ? intent : `${intent} · ${guess.service}`;
  const share = `${Math.round(guess.confidence * 100)} %`;
  return html`<p class="guess">
    ${words.thread.guess}: ${what}
    <span class="share"><span class="unseen">${words.thread.sure} </span>${share}</span>
  </p>`;
}

function choicesView(row: Row, answer: string | null): TemplateResult {
  return html`<ul class="choices" aria-label=${words.thread.choices}>
    ${row.buttons.map((button) => {
      const chosen = button.title === answer;
      const state = chosen ? words.thread.chosen : words.thread.notChosen;
      return html`<li class="choice ${chosen ? 'chosen' : ''}">
        ${chosen ? checkIcon : nothing}${button.title}
        ${answer === null ? nothing : html`<span class="unseen"> (${state})</span>`}
      </li>`;
    })}
  </ul>`;
}

function systemView(row: Row, found: boolean): TemplateResult {
  return html`<div class="line ${found ? 'found' : ''}" data-seq=${row.seq}>
    <p>
      <span class="unseen">${words.thread.system}: </span>${richText(row.text, common)}
      <time datetime=${row.at}>${clock(row.at, words.locale)}</time>
    </p>
  </div>`;
}

export function rowView(row: Row, place: RowPlace): TemplateResult {
  if (row.author === 'system') return systemView(row, place.found);
  const mine = row.author === 'operator';
  return html`<div class="turn by-${row.author} ${place.found ? 'found' : ''}" data-seq=${row.seq}>
    <p class="who ${place.grouped ? 'unseen' : ''}">${nameOf(row, place.me)}</p>
    ${place.quoted === null ? nothing : html`<p class="quoted"><span class="unseen">${words.thread.answers}: </span>${place.quoted}</p>`}
    ${
      row.card === null && row.text === '' && row.attachments.length > 0
        ? nothing
        : html`<div class="said ${row.card === null ? '' : 'with-card'}" lang=${row.lang ?? nothing}>
            ${row.card === null ? html`<p class="text">${richText(row.text, common)}</p>` : cardView(row.card, common)}
          </div>`
    }
    ${filesView(row.attachments, `/operator/conversations/${encodeURIComponent(place.conversation)}/files`)}
    ${row.buttons.length === 0 ? nothing : choicesView(row, place.answer)}
    ${row.nlu === null ? nothing : guessView(row.nlu)}
    <p class="meta">
      <time datetime=${row.at}>${clock(row.at, words.locale)}</time>
      ${mine && place.read ? html` · ${words.thread.read}` : nothing}
    </p>
  </div>`;
}

export function noteView(note: Note): TemplateResult {
  return html`<div class="turn note">
    <p class="who">${noteIcon}<b>${words.thread.note}</b> · ${note.operator.name}</p>
    <div class="said"><p class="text">${richText(note.text, common)}</p></div>
    <p class="meta">
      <time datetime=${note.at}>${clock(note.at, words.locale)}</time> · ${words.thread.noteHint}
    </p>
  </div>`;
}

export interface SendingActions {
  retry(id: string): void;
  discard(id: string): void;
}

export function sendingView(item: Sending, actions: SendingActions): TemplateResult {
  const kind = item.kind === 'note' ? 'note' : 'by-operator';
  return html`<div class="turn ${kind} unsent">
    <p class="who">${item.kind === 'note' ? words.thread.note : words.thread.you}</p>
    ${item.text === '' ? nothing : html`<div class="said"><p class="text">${richText(item.text, common)}</p></div>`}
    ${
      item.attachments.length === 0
        ? nothing
        : html`<p class="sent-files">${item.attachments.map((file) => file.name).join(', ')}</p>`
    }
    ${item.failed ? failureView(item, actions) : html`<p class="meta">${words.thread.sending}</p>`}
  </div>`;
}

function failureView(item: Sending, actions: SendingActions): TemplateResult {
  return html`<div class="failure">
    <p>${words.thread.failed} ${item.reason ?? ''}</p>
    <button
      type="button"
      class="plain"
      @click=${() => {
        actions.retry(item.id);
      }}
    >
      ${words.thread.again}
    </button>
    <button
      type="button"
      class="plain"
      @click=${() => {
        actions.discard(item.id);
      }}
    >
      ${words.thread.discard}
    </button>
  </div>`;
}

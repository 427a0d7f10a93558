/** The resident's own data: the copy of the conversation and its deletion, over the log as a question is. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../i18n';

/** What the bot's buttons about own data carry; the window does both itself, whoever has the conversation. */
export const COPY_PAYLOAD = '/get_my_data{"value":"copy"}';
export const ERASE_PAYLOAD = '/delete_my_data{"value":"yes"}';
export const HELD_PAYLOAD = '/get_my_data';

export interface OwnDataActions {
  /** Null while a person has the conversation: only the bot can tell. */
  readonly held: (() => void) | null;
  readonly copy: () => void;
  readonly askErase: () => void;
  readonly erase: () => void;
  readonly close: () => void;
}

function dialog(title: string, body: TemplateResult): TemplateResult {
  return html`<div class="curtain">
    <div class="confirm" role="dialog" aria-modal="true" aria-labelledby="langelis-data-title">
      <h3 id="langelis-data-title">${title}</h3>
      ${body}
    </div>
  </div>`;
}

function copyView(address: string | null, words: Words, actions: OwnDataActions): TemplateResult {
  if (address === null)
    return html`<button type="button" class="secondary copy" @click=${actions.copy}>
      ${words.ownDataCopy}
    </button>`;
  return html`<a class="primary copy" href=${address} target="_blank" rel="noopener" @click=${actions.close}
    >${words.ownDataOpenCopy}<span class="unseen"> (${words.newTab})</span></a
  >`;
}

/** `address` is where the copy is, null until it was asked for. */
export function ownDataView(address: string | null, words: Words, actions: OwnDataActions): TemplateResult {
  return dialog(
    words.ownData,
    html`<p>${words.ownDataText}</p>
      <div role="status">${address === null ? nothing : html`<p>${words.ownDataCopyReady}</p>`}</div>
      ${copyView(address, words, actions)}
      ${
        actions.held === null
          ? nothing
          : html`<button type="button" class="secondary" @click=${actions.held}>${words.ownDataHeld}</button>`
      }
      <button type="button" class="secondary" @click=${actions.askErase}>${words.ownDataErase}</button>
      <button type="button" class="secondary" @click=${actions.close}>${words.ownDataClose}</button>`,
  );
}

export function eraseView(words: Words, actions: OwnDataActions): TemplateResult {
  return dialog(
    words.eraseTitle,
    html`<p>${words.eraseText}</p>
      <button type="button" class="primary" @click=${actions.erase}>${words.eraseYes}</button>
      <button type="button" class="secondary" @click=${actions.close}>${words.eraseNo}</button>`,
  );
}

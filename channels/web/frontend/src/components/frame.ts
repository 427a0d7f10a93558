/** The still parts around the log: header, bubble, and the question before a new conversation. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../i18n';
import type { ContinueFrame, Owner } from '../protocol';
import { closeIcon, ownDataIcon, planeIcon, restartIcon, windowIcon } from './icons';

export interface HeaderActions {
  readonly ownData: () => void;
  readonly restart: () => void;
  /** Null where Telegram is off. */
  readonly goOn: (() => void) | null;
  /** Null where there is nothing to close: the chat is the page. */
  readonly close: (() => void) | null;
}

export function ownerLine(owner: Owner, words: Words): string {
  switch (owner) {
    case 'bot':
      return words.ownerBot;
    case 'queued':
      return words.ownerQueued;
    case 'operator':
      return words.ownerOperator;
    case 'closed':
      return words.ownerClosed;
  }
}

export function headerView(
  place: string,
  owner: Owner,
  words: Words,
  actions: HeaderActions,
  inert: boolean,
): TemplateResult {
  return html`<header class="header" ?inert=${inert}>
    <span class="mark">${windowIcon}</span>
    <div class="heading">
      <h2 id="langelis-title">${words.assistant}</h2>
      ${place === '' ? nothing : html`<p class="place">${place}</p>`}
      <p class="owner owner-${owner}">${ownerLine(owner, words)}</p>
    </div>
    ${
      actions.goOn === null
        ? nothing
        : html`<button
            type="button"
            class="tool go-on"
            aria-label=${words.goOn}
            title=${words.goOn}
            @click=${actions.goOn}
          >
            ${planeIcon}
          </button>`
    }
    <button
      type="button"
      class="tool own-data"
      aria-haspopup="dialog"
      aria-label=${words.ownData}
      title=${words.ownData}
      @click=${actions.ownData}
    >
      ${ownDataIcon}
    </button>
    <button
      type="button"
      class="tool restart"
      aria-label=${words.newConversation}
      title=${words.newConversation}
      @click=${actions.restart}
    >
      ${restartIcon}
    </button>
    ${
      actions.close === null
        ? nothing
        : html`<button
            type="button"
            class="tool close"
            aria-label=${words.closeChat}
            title=${words.closeChat}
            @click=${actions.close}
          >
            ${closeIcon}
          </button>`
    }
  </header>`;
}

export function launcherView(unread: number, words: Words, open: () => void): TemplateResult {
  const label = unread > 0 ? words.openChatUnread(unread) : words.openChat;
  return html`<button
    type="button"
    class="launcher"
    aria-haspopup="dialog"
    aria-expanded="false"
    aria-label=${label}
    @click=${open}
  >
    ${windowIcon}<span class="launcher-text">${words.launcher}</span>
    ${unread > 0 ? html`<span class="badge" aria-hidden="true">${Math.min(unread, 99)}</span>` : nothing}
  </button>`;
}

export function confirmView(words: Words, yes: () => void, no: () => void): TemplateResult {
  return html`<div class="curtain">
    <div
      class="confirm"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="langelis-confirm-title"
      aria-describedby="langelis-confirm-text"
    >
      <h2 id="langelis-confirm-title">${words.confirmTitle}</h2>
      <p id="langelis-confirm-text">${words.confirmText}</p>
      <button type="button" class="primary" @click=${yes}>${words.confirmYes}</button>
      <button type="button" class="secondary" @click=${no}>${words.confirmNo}</button>
    </div>
  </div>`;
}

export function goOnView(words: Words, way: ContinueFrame, stay: () => void): TemplateResult {
  return html`<div class="curtain">
    <div
      class="confirm"
      role="dialog"
      aria-modal="true"
      aria-labelledby="langelis-go-on-title"
      aria-describedby="langelis-go-on-text"
    >
      <h3 id="langelis-go-on-title">${words.goOnTitle}</h3>
      <p id="langelis-go-on-text">${words.goOnText}</p>
      <p class="code">${way.code}</p>
      <a class="primary" href=${way.url} target="_blank" rel="noopener noreferrer" @click=${stay}
        >${words.goOnLink}</a
      >
      <button type="button" class="secondary" @click=${stay}>${words.goOnStay}</button>
    </div>
  </div>`;
}

/** The files that go with the message that is being written, and the button that adds one. */

import { html, nothing, type TemplateResult } from 'lit';
import { ACCEPTED, sizeWords } from '../files';
import type { Upload, Uploads } from '../uploads';
import { closeIcon, clipIcon } from './icons';

export interface UploadsWords {
  readonly locale: string;
  readonly attach: string;
  readonly attached: string;
  readonly removeFile: (name: string) => string;
  readonly sendingFile: (name: string) => string;
  readonly tryAgain: string;
}

function retryView(item: Upload, uploads: Uploads, words: UploadsWords): TemplateResult {
  return html`<button
    type="button"
    class="plain"
    @click=${() => {
      uploads.retry(item.key);
    }}
  >
    ${words.tryAgain}
  </button>`;
}

function uploadView(item: Upload, uploads: Uploads, words: UploadsWords): TemplateResult {
  const sending = item.attachment === null && item.problem === null;
  return html`<li class="upload ${item.problem === null ? '' : 'bad'}">
    <span class="upload-name">${item.attachment?.name ?? item.name}</span>
    <span class="upload-size">${sizeWords(item.size, words.locale)}</span>
    <button
      type="button"
      class="upload-remove"
      aria-label=${words.removeFile(item.name)}
      title=${words.removeFile(item.name)}
      @click=${() => {
        uploads.remove(item.key);
      }}
    >
      ${closeIcon}
    </button>
    ${
      sending
        ? html`<progress
            max="100"
            value=${Math.round(item.share * 100)}
            aria-label=${words.sendingFile(item.name)}
          ></progress>`
        : nothing
    }
    ${
      item.problem === null
        ? nothing
        : html`<span class="upload-problem"
            >${item.problem} ${item.retryable ? retryView(item, uploads, words) : nothing}</span
          >`
    }
  </li>`;
}

/** The place for a refusal is always there, so that screen readers notice the sentence when it comes. */
export function uploadsView(uploads: Uploads, words: UploadsWords): TemplateResult {
  return html`<div role="alert">
      ${uploads.refusal === null ? nothing : html`<p class="problem">${uploads.refusal}</p>`}
    </div>
    ${
      uploads.items.length === 0
        ? nothing
        : html`<ul class="uploads" aria-label=${words.attached}>
            ${uploads.items.map((item) => uploadView(item, uploads, words))}
          </ul>`
    }`;
}

export function attachView(uploads: Uploads, words: UploadsWords, classes: string): TemplateResult {
  return html`<input
      type="file"
      class="unseen attach-input"
      tabindex="-1"
      aria-hidden="true"
      multiple
      accept=${ACCEPTED}
      @change=${(event: Event) => {
        const input = event.target;
        if (!(input instanceof HTMLInputElement)) return;
        uploads.add(input.files ?? []);
        // The same file may be chosen once more.
        input.value = '';
      }}
    />
    <button
      type="button"
      class=${classes}
      aria-label=${words.attach}
      title=${words.attach}
      @click=${(event: Event) => {
        const button = event.currentTarget;
        const input = button instanceof HTMLElement ? button.previousElementSibling : null;
        if (input instanceof HTMLInputElement) input.click();
      }}
    >
      ${clipIcon}
    </button>`;
}

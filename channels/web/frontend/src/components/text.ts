/** What people and the bot wrote, as text with links; never as HTML. */

import { html, type TemplateResult } from 'lit';
import { linkify } from '../format';
import type { Words } from '../i18n';

/** A link out of the page: the resident stays in the conversation. */
export function outerLink(href: string, text: string | TemplateResult, words: Words): TemplateResult {
  if (!/^https?:/i.test(href)) return html`<a href=${href}>${text}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer"
    >${text}<span class="unseen" lang=${words.locale}> (${words.newTab})</span></a
  >`;
}

/** Dates, registration numbers and access codes: broken at a hyphen they are hard to read and to copy. */
const WHOLE =
  /((?<![\w-])(?:\d{4}-\d{2}-\d{2}|[A-Z]{1,5}-\d{4}-\d{6}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})(?![\w-]))/;

function unbroken(text: string): (string | TemplateResult)[] {
  return text
    .split(WHOLE)
    .map((part, at) => (at % 2 === 0 ? part : html`<span class="whole">${part}</span>`));
}

export function richText(text: string, words: Words): readonly (string | TemplateResult)[] {
  return linkify(text).flatMap((piece) =>
    piece.href === null ? unbroken(piece.text) : [outerLink(piece.href, piece.text, words)],
  );
}

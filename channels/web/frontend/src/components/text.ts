/** What people and the bot wrote, as text with links; never as HTML. */

import { html, type TemplateResult } from 'lit';
import { linkify } from '../format';
import type { Words } from '../i18n';

/** A link out of the page: the resident stays in the conversation. */
export function outerLink(href: string, text: string | TemplateResult, words: Words): TemplateResult {
  if (!/^https?:/i.test(href)) return html`<a href=${href}>${text}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer"
    >${text}<span class="unseen"> (${words.newTab})</span></a
  >`;
}

export function richText(text: string, words: Words): readonly (string | TemplateResult)[] {
  return linkify(text).map((piece) =>
    piece.href === null ? piece.text : outerLink(piece.href, piece.text, words),
  );
}

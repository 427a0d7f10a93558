/** A card: title, the asked section first, warnings, sources, and the date of the last check. */

import { html, nothing, type TemplateResult } from 'lit';
import { hostOf, safeLink } from '../format';
import type { Words } from '../i18n';
import type { Card, CardLink, CardSection } from '../protocol';
import { linkIcon, warningIcon } from './icons';
import { outerLink, richText } from './text';

/** Facts of the catalogue are told in Lithuanian, whatever the language of the window. */
const CARD_LANGUAGE = 'lt';

function lines(section: CardSection, words: Words): TemplateResult | TemplateResult[] {
  const items = section.lines.map((line) => html`<li>${richText(line, words)}</li>`);
  if (section.style === 'steps')
    return html`<ol>
      ${items}
    </ol>`;
  if (section.style === 'list')
    return html`<ul>
      ${items}
    </ul>`;
  return section.lines.map((line) => html`<p>${richText(line, words)}</p>`);
}

function sectionView(section: CardSection, words: Words): TemplateResult {
  return html`<div class="section ${section.asked ? 'asked' : ''}">
    ${section.heading === null ? nothing : html`<h4>${section.heading}</h4>`} ${lines(section, words)}
  </div>`;
}

function warningView(text: string, words: Words): TemplateResult {
  return html`<p class="warning">
    ${warningIcon}<span
      ><span class="unseen" lang=${words.locale}>${words.warning}: </span>${richText(text, words)}</span
    >
  </p>`;
}

function linkView(link: CardLink, words: Words): TemplateResult {
  const href = safeLink(link.url);
  if (href === null) return html`<li lang=${CARD_LANGUAGE}>${link.label}</li>`;
  const host = hostOf(href);
  const seen = link.label.includes(host ?? '\n') ? nothing : html` <span class="host">${host}</span>`;
  const label = html`${link.label}${host === null ? nothing : seen}`;
  return html`<li lang=${CARD_LANGUAGE}>${linkIcon}<span>${outerLink(href, label, words)}</span></li>`;
}

/** The asked sections stand first whatever order the server gave. */
function inOrder(sections: readonly CardSection[]): readonly CardSection[] {
  return [...sections.filter((section) => section.asked), ...sections.filter((section) => !section.asked)];
}

export function cardView(card: Card, words: Words): TemplateResult {
  return html`<div class="card">
    <h3>${card.title}</h3>
    ${card.lead === null ? nothing : html`<p class="lead">${richText(card.lead, words)}</p>`}
    ${inOrder(card.sections).map((section) => sectionView(section, words))}
    ${card.warnings.map((warning) => warningView(warning, words))}
    ${
      card.links.length === 0
        ? nothing
        : html`<ul class="links" lang=${words.locale} aria-label=${words.links}>
            ${card.links.map((link) => linkView(link, words))}
          </ul>`
    }
    ${card.checkedLabel === null ? nothing : html`<p class="checked">${card.checkedLabel}</p>`}
  </div>`;
}

/** Above the log: what the conversation is about, who has it, and what may be done with it. */

import { html, nothing, type TemplateResult } from 'lit';
import { lt as words } from '../../i18n/operator-lt';
import { checkIcon } from '../../components/icons';
import type { Desk } from '../desk';
import type { Summary } from '../model';
import { addressOf } from '../routes';
import { backIcon, infoIcon, printIcon, returnIcon, transferIcon } from './icons';
import { channelName, placeName, type Nav } from './part';

/** The operator who has the conversation; null when none has. */
export function holderName(summary: Summary, me: string | null): string | null {
  if (summary.owner !== 'operator') return null;
  return summary.operator?.id === me ? words.thread.you : (summary.operator?.name ?? words.thread.operator);
}

/** Who answers now, in words. */
function holderWords(summary: Summary, me: string | null): string {
  const name = holderName(summary, me);
  return name === null ? words.owners[summary.owner] : `${words.owners.operator}: ${name}`;
}

function tool(icon: TemplateResult, label: string, onClick: () => void): TemplateResult {
  return html`<button type="button" class="tool-button" title=${label} @click=${onClick}>
    ${icon}<span class="tool-text">${label}</span>
  </button>`;
}

export function threadHead(summary: Summary, desk: Desk, nav: Nav): TemplateResult {
  const me = desk.state.me?.id ?? null;
  const mine = summary.owner === 'operator' && summary.operator?.id === me;
  return html`<header class="thread-head">
    <a
      class="icon-button back"
      href=${addressOf('conversations')}
      aria-label=${words.back}
      title=${words.back}
      >${backIcon}</a
    >
    <div class="thread-title">
      <h2>${summary.topic ?? words.list.noTopic}</h2>
      <p>
        ${placeName(desk.state.me, summary.municipality)} · ${channelName(summary.channel)} ·
        <span class="owner-words owner-${summary.owner}">${holderWords(summary, me)}</span>
      </p>
    </div>
    <div class="tools" role="group" aria-label=${words.thread.menu}>
      ${
        mine
          ? [
              tool(transferIcon, words.thread.transfer, () => {
                nav.open('transfer');
              }),
              tool(returnIcon, words.thread.giveBack, () => {
                nav.open('giveBack');
              }),
              tool(checkIcon, words.thread.finish, () => {
                nav.open('finish');
              }),
            ]
          : nothing
      }
      <a
        class="tool-button quiet"
        href="/operator/conversations/${encodeURIComponent(summary.id)}/print"
        target="_blank"
        rel="noopener"
        title=${words.thread.print}
        aria-label=${words.thread.print}
        >${printIcon}</a
      >
      <button
        type="button"
        class="tool-button quiet"
        aria-pressed=${nav.contextShown ? 'true' : 'false'}
        title=${words.thread.context}
        aria-label=${words.thread.context}
        @click=${() => {
          nav.showContext(!nav.contextShown);
        }}
      >
        ${infoIcon}
      </button>
    </div>
  </header>`;
}

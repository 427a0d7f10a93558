/** The rail: the sections of the console, presence, and on a phone a bar at the bottom. */

import { html, nothing, type TemplateResult } from 'lit';
import { windowIcon } from '../../components/icons';
import { lt as words } from '../../i18n/operator-lt';
import { attention } from '../lists';
import type { Me } from '../model';
import { addressOf, type View } from '../routes';
import type { State } from '../store';
import { moreIcon, VIEW_ICONS } from './icons';
import { may, type Nav } from './part';

const FIRST: readonly View[] = ['conversations', 'cases', 'tasks', 'search'];

/** What stands below the daily sections, as far as one may see it. */
export function otherViews(me: Me | null): readonly View[] {
  const people: readonly View[] = may(me, 'manage_operators') ? ['people'] : [];
  const audit: readonly View[] = may(me, 'read_audit') ? ['audit'] : [];
  return ['canned', ...people, ...audit, 'settings', 'account', 'help'];
}

function countOf(view: View, state: State): number {
  const { unread, waiting } = attention(state);
  if (view === 'conversations') return unread + waiting;
  if (view === 'cases') return [...state.cases.values()].filter((line) => line.overdue).length;
  return view === 'tasks' ? [...state.tasks.values()].filter((task) => task.state === 'open').length : 0;
}

function link(view: View, state: State, nav: Nav): TemplateResult {
  const count = countOf(view, state);
  const label = words.views[view];
  return html`<li>
    <a
      class="rail-link"
      href=${addressOf(view)}
      aria-current=${nav.route.view === view ? 'page' : nothing}
      aria-label=${count > 0 ? `${label}: ${count}` : label}
    >
      ${VIEW_ICONS[view]}<span class="rail-text">${label}</span>
      ${count > 0 ? html`<span class="badge" aria-hidden="true">${Math.min(count, 99)}</span>` : nothing}
    </a>
  </li>`;
}

export function railView(state: State, nav: Nav): TemplateResult {
  const others = otherViews(state.me);
  const inOthers = others.includes(nav.route.view);
  return html`<nav class="rail" aria-label=${words.rail.label}>
    <span class="rail-mark" aria-hidden="true">${windowIcon}</span>
    <ul class="rail-main">
      ${FIRST.map((view) => link(view, state, nav))}
      <li class="rail-more">
        <details>
          <summary class="rail-link" aria-current=${inOthers ? 'page' : nothing}>
            ${moreIcon}<span class="rail-text">${words.rail.more}</span>
          </summary>
          <ul class="rail-menu" @click=${closeMenu}>
            ${others.map((view) => link(view, state, nav))}
          </ul>
        </details>
      </li>
    </ul>
    <ul class="rail-rest">
      ${others.map((view) => link(view, state, nav))}
    </ul>
  </nav>`;
}

function closeMenu(event: Event): void {
  const inside = event.currentTarget;
  if (inside instanceof HTMLElement) inside.closest('details')?.removeAttribute('open');
}

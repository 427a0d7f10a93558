/** The list of conversations under its four tabs, with waits that tick. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { lt as words } from '../../i18n/operator-lt';
import { attention, inTab, listOf, secondsSince, TABS } from '../lists';
import type { Summary, Tab } from '../model';
import { addressOf } from '../routes';
import { clockIcon, robotIcon } from './icons';
import { channelName, failedView, options, Part, placeName, valueOf } from './part';
import { daysUntil, shortWhen, waitWords } from './when';

const TICK_MS = 5_000;
/** From here on a wait is too long and is marked so. */
const LONG_WAIT_SECONDS = 300;

export class DeskList extends Part {
  private ticker: ReturnType<typeof setInterval> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.ticker = setInterval(() => {
      this.requestUpdate();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.ticker !== null) clearInterval(this.ticker);
  }

  protected override render(): TemplateResult {
    const { tab } = this.nav;
    return html`<section class="list-pane" aria-label=${words.list.label}>
      <div class="tabs" role="tablist" aria-label=${words.list.label} @keydown=${this.onTabKey}>
        ${TABS.map((name) => this.tabView(name))}
      </div>
      ${this.filterView()}
      <div class="list" id="list-panel" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="-1">
        ${this.body(tab)}
      </div>
    </section>`;
  }

  private tabView(tab: Tab): TemplateResult {
    const chosen = tab === this.nav.tab;
    const { waiting } = attention(this.desk.state);
    const me = this.desk.state.me?.id ?? null;
    const mine = [...this.desk.state.conversations.values()].filter((item) => inTab(item, 'mine', me)).length;
    const count = { mine, waiting, all: 0, closed: 0 }[tab];
    return html`<button
      type="button"
      role="tab"
      class="tab"
      id="tab-${tab}"
      aria-controls="list-panel"
      aria-selected=${chosen ? 'true' : 'false'}
      tabindex=${chosen ? '0' : '-1'}
      @click=${() => {
        this.nav.chooseTab(tab);
      }}
    >
      ${words.tabs[tab]}${count > 0 ? html` <span class="count">${count}</span>` : nothing}
    </button>`;
  }

  private filterView(): TemplateResult | typeof nothing {
    const places = this.desk.state.me?.municipalities ?? [];
    if (places.length < 2) return nothing;
    const list = [{ value: '', label: words.list.allMunicipalities }];
    const all = [...list, ...places.map(({ id, name }) => ({ value: id, label: name }))];
    return html`<label class="list-filter">
      <span class="unseen">${words.list.municipality}</span>
      <select
        @change=${(event: Event) => {
          this.nav.chooseMunicipality(valueOf(event));
        }}
      >
        ${options(all, this.nav.municipality)}
      </select>
    </label>`;
  }

  private body(tab: Tab): TemplateResult {
    const { state } = this.desk;
    const items = listOf(state, tab, this.nav.municipality);
    const loading = state.tabs[tab];
    if (items.length === 0 && loading === 'failed')
      return failedView(words.list.failed, () => {
        void this.desk.attempt(() => this.desk.loadTab(tab));
      });
    if (items.length === 0 && loading !== 'ready')
      return html`<p class="empty" role="status">${words.loading}</p>`;
    if (items.length === 0) return this.emptyView(tab);
    return html`<ul class="items">
        ${repeat(
          items,
          (item) => item.id,
          (item) => this.itemView(item),
        )}
      </ul>
      ${state.more[tab] ? this.moreView(tab, items.at(-1)) : nothing}`;
  }

  private emptyView(tab: Tab): TemplateResult {
    const texts: Readonly<Record<Tab, readonly string[]>> = {
      mine: [words.list.emptyMine, words.list.emptyMineHint],
      waiting: [words.list.emptyWaiting, words.list.emptyWaitingHint],
      all: [words.list.emptyAll],
      closed: [words.list.emptyClosed],
    };
    return html`<div class="empty">${texts[tab].map((text) => html`<p>${text}</p>`)}</div>`;
  }

  private moreView(tab: Tab, oldest: Summary | undefined): TemplateResult {
    return html`<button
      type="button"
      class="secondary wide"
      @click=${() => {
        if (oldest !== undefined) void this.desk.loadMore(tab, oldest);
      }}
    >
      ${words.more}
    </button>`;
  }

  private itemView(item: Summary): TemplateResult {
    const current = this.nav.route.id === item.id;
    const draft = this.desk.drafts.get(item.id, 'reply');
    return html`<li>
      <a
        class="item ${item.unread > 0 ? 'unread' : ''}"
        href=${addressOf('conversations', item.id)}
        aria-current=${current ? 'true' : nothing}
      >
        <span class="item-top">
          <span class="item-title">${item.topic ?? words.list.noTopic}</span>
          ${this.timeView(item)}
        </span>
        <span class="item-middle">
          <span class="item-text"
            >${draft === '' ? [this.speaker(item), item.lastText] : html`<b>${words.list.draft}: </b>${draft}`}</span
          >
          ${
            item.unread > 0
              ? html`<span class="badge"
                  ><span aria-hidden="true">${Math.min(item.unread, 99)}</span
                  ><span class="unseen">${words.list.unread(item.unread)}</span></span
                >`
              : nothing
          }
        </span>
        <span class="item-foot">
          <span>${placeName(this.desk.state.me, item.municipality)}</span>
          <span>${channelName(item.channel)}</span>
          ${this.ownerView(item)} ${this.dueView(item)}
          ${item.unreachable ? html`<span class="chip bad">${words.list.unreachable}</span>` : nothing}
        </span>
      </a>
    </li>`;
  }

  private timeView(item: Summary): TemplateResult {
    const waited = item.owner === 'queued' ? secondsSince(item.queuedAt, Date.now()) : null;
    if (waited === null)
      return html`<time datetime=${item.lastAt}>${shortWhen(item.lastAt, new Date())}</time>`;
    return html`<span class="wait ${waited >= LONG_WAIT_SECONDS ? 'long' : ''}">
      ${clockIcon}<span class="unseen">${words.list.waits} </span>${waitWords(waited)}
    </span>`;
  }

  private speaker(item: Summary): string {
    if (item.lastAuthor === 'bot') return words.list.bot;
    if (item.lastAuthor !== 'operator') return '';
    return item.operator?.id === this.desk.state.me?.id ? words.list.you : words.list.operator;
  }

  private ownerView(item: Summary): TemplateResult | typeof nothing {
    if (this.nav.tab !== 'all') return nothing;
    if (item.owner === 'bot') return html`<span class="chip">${robotIcon}${words.owners.bot}</span>`;
    if (item.owner === 'queued') return html`<span class="chip warn">${words.owners.queued}</span>`;
    return html`<span class="chip">${item.operator?.name ?? words.owners.operator}</span>`;
  }

  private dueView(item: Summary): TemplateResult | typeof nothing {
    if (item.due === null) return nothing;
    const late = daysUntil(item.due, new Date()) < 0;
    return html`<span class="chip ${late ? 'bad' : ''}"
      >${late ? words.list.overdue : words.list.due} <span class="whole">${item.due.slice(5)}</span></span
    >`;
  }

  private readonly onTabKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = TABS.indexOf(this.nav.tab);
    const next = TABS[(at + step + TABS.length) % TABS.length] ?? 'mine';
    this.nav.chooseTab(next);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  };
}

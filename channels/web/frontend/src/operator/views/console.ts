/** `<langelis-console>`: the whole console; knows where one is, which window is open, and what the keys do. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { lt as common } from '../../i18n/lt';
import { lt as words } from '../../i18n/operator-lt';
import type { BrowserSignals } from '../browser-alerts';
import type { Desk } from '../desk';
import type { DraftKind } from '../drafts';
import { neighbour, shortcutOf, type Shortcut } from '../keys';
import { inTab, listOf, TABS } from '../lists';
import type { Tab } from '../model';
import { addressOf, routeOf, type Route, type View } from '../routes';
import { SETTINGS_KEY } from '../settings';
import { styles } from '../styles';
import type { DeskComposer } from './composer';
import type { DialogName, Nav } from './part';
import { presenceView } from './presence';
import { railView } from './rail';

const SIGN_IN = '/operator/sign-in';
const SIGN_OUT = '/operator/sign-out';
const VIEWS: Readonly<Partial<Record<Shortcut, View>>> = {
  conversations: 'conversations',
  register: 'cases',
  tasks: 'tasks',
  search: 'search',
  settings: 'settings',
  help: 'help',
};

export class LangelisConsole extends LitElement implements Nav {
  static override styles = styles;

  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  @state() route: Route = routeOf(window.location.hash);
  @state() tab: Tab = 'waiting';
  @state() municipality = '';
  @state() contextShown = window.matchMedia('(min-width: 1200px)').matches;
  @state() private dialog: DialogName | null = null;
  @query('desk-composer') private composer!: DeskComposer | null;
  desk!: Desk;
  signals!: BrowserSignals;
  private unwatch: (() => void) | null = null;
  private tabChosen = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unwatch = this.desk.watch(() => {
      this.theme = this.desk.settings.theme;
      this.chooseFirstTab();
      this.requestUpdate();
    });
    window.addEventListener('hashchange', this.onHash);
    window.addEventListener('keydown', this.onKey);
    window.addEventListener('online', this.onWake);
    window.addEventListener('storage', this.onStorage);
    document.addEventListener('visibilitychange', this.onWake);
    this.addEventListener('pointerdown', this.onGesture);
    this.theme = this.desk.settings.theme;
    void this.desk.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
    window.removeEventListener('hashchange', this.onHash);
    window.removeEventListener('keydown', this.onKey);
    window.removeEventListener('online', this.onWake);
    window.removeEventListener('storage', this.onStorage);
    document.removeEventListener('visibilitychange', this.onWake);
    this.desk.stop();
  }

  go(view: View, id: string | null = null, seq: number | null = null): void {
    window.location.hash = addressOf(view, id, seq);
  }

  chooseTab(tab: Tab): void {
    this.tab = tab;
    this.tabChosen = true;
    if (this.desk.state.tabs[tab] === 'no') void this.desk.attempt(() => this.desk.loadTab(tab));
    this.desk.changed();
  }

  chooseMunicipality(municipality: string): void {
    this.municipality = municipality;
    this.desk.changed();
  }

  open(dialog: DialogName): void {
    this.dialog = dialog;
  }

  shut(): void {
    this.dialog = null;
  }

  showContext(on: boolean): void {
    this.contextShown = on;
    this.desk.changed();
  }

  write(kind: DraftKind): void {
    void this.updateComplete.then(() => this.composer?.begin(kind));
  }

  say(kind: 'queued'): void {
    this.signals.wake();
    this.signals.sound(kind);
  }

  /** By a form of its own: the server forgets the session and shows the sign-in page. */
  signOut(): void {
    this.desk.drafts.forget();
    this.desk.stop();
    const form = document.createElement('form');
    form.method = 'post';
    form.action = SIGN_OUT;
    document.body.append(form);
    form.submit();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.follow();
    if (changed.has('route') && this.hasUpdated) this.desk.changed();
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    if (desk.state.me === null || desk.starting === 'starting') return this.startView();
    const open = this.route.view === 'conversations' && this.route.id !== null;
    return html`<div class="frame view-${this.route.view} ${open ? 'opened' : ''}">
        <a class="skip" href="#turinys" @click=${this.onSkip}>${words.skip}</a>
        ${railView(desk.state, this)}
        <div class="side-top">${presenceView(desk)}</div>
        <langelis-link-status
          .words=${linkWords}
          .link=${desk.state.link}
          .retry=${this.onRetry}
        ></langelis-link-status>
        ${this.awayView()}
        <main id="turinys" tabindex="-1">${this.mainView()}</main>
      </div>
      ${this.toastView()} ${this.dialogView()} ${desk.expired ? this.expiredView() : nothing}`;
  }

  private startView(): TemplateResult {
    const { starting, expired } = this.desk;
    return html`<div class="start">
      ${
        starting === 'failed'
          ? html`<p role="alert">${words.link.startFailed}</p>
              <button type="button" class="primary" @click=${() => void this.desk.start()}>
                ${words.retry}
              </button>`
          : html`<p role="status">${words.loading}</p>`
      }
      ${expired ? this.expiredView() : nothing}
    </div>`;
  }

  private mainView(): TemplateResult {
    const { desk } = this;
    switch (this.route.view) {
      case 'conversations':
        return this.conversationsView();
      case 'cases':
        return this.route.id === null
          ? html`<case-register .desk=${desk} .nav=${this}></case-register>`
          : html`<case-page .desk=${desk} .nav=${this}></case-page>`;
      case 'tasks':
        return html`<tasks-page .desk=${desk} .nav=${this}></tasks-page>`;
      case 'search':
        return html`<search-page .desk=${desk} .nav=${this}></search-page>`;
      case 'canned':
        return html`<canned-page .desk=${desk} .nav=${this}></canned-page>`;
      case 'settings':
        return html`<settings-page .desk=${desk} .nav=${this}></settings-page>`;
      case 'account':
        return html`<account-page .desk=${desk} .nav=${this}></account-page>`;
      case 'people':
        return html`<people-page .desk=${desk} .nav=${this}></people-page>`;
      case 'audit':
        return html`<audit-page .desk=${desk} .nav=${this}></audit-page>`;
      case 'help':
        return html`<help-page .desk=${desk} .nav=${this}></help-page>`;
    }
  }

  private conversationsView(): TemplateResult {
    const { desk } = this;
    const me = desk.state.me?.id ?? null;
    const quiet = [...desk.state.conversations.values()].every(
      (item) => !inTab(item, 'mine', me) && item.owner !== 'queued',
    );
    const blank = this.route.id === null && quiet;
    return html`<h1 class="unseen">${words.views.conversations}</h1>
      <desk-list .desk=${desk} .nav=${this}></desk-list> ${
        blank
          ? html`<first-run .desk=${desk} .nav=${this}></first-run>`
          : html`<desk-thread .desk=${desk} .nav=${this}></desk-thread>`
      }
      ${
        this.contextShown && this.route.id !== null && !desk.state.erased.has(this.route.id)
          ? html`<desk-context .desk=${desk} .nav=${this}></desk-context>`
          : nothing
      }`;
  }

  private awayView(): TemplateResult | typeof nothing {
    if (!this.desk.state.wentAway) return nothing;
    return html`<div class="strip warn" role="alert">
      <p><b>${words.presence.awayTitle}.</b> ${words.presence.awayText}</p>
      <button type="button" class="secondary" @click=${() => void this.desk.setPresence('here')}>
        ${words.presence.back}
      </button>
    </div>`;
  }

  private toastView(): TemplateResult {
    const { toast } = this.desk;
    return html`<div class="toasts" role="status">
      ${toast === null ? nothing : html`<p class="toast ${toast.bad ? 'bad' : ''}">${toast.text}</p>`}
    </div>`;
  }

  private dialogView(): TemplateResult | typeof nothing {
    const { desk } = this;
    switch (this.dialog) {
      case 'transfer':
        return html`<transfer-dialog .desk=${desk} .nav=${this}></transfer-dialog>`;
      case 'finish':
        return html`<finish-dialog .desk=${desk} .nav=${this}></finish-dialog>`;
      case 'giveBack':
        return html`<give-back-dialog .desk=${desk} .nav=${this}></give-back-dialog>`;
      case 'service':
        return html`<service-dialog .desk=${desk} .nav=${this}></service-dialog>`;
      case 'commands':
        return html`<command-bar .desk=${desk} .nav=${this}></command-bar>`;
      case null:
        return nothing;
    }
  }

  /** Not to be closed: without a session nothing here works, and what was written is kept. */
  private expiredView(): TemplateResult {
    return html`<div class="curtain">
      <div
        class="expired"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="expired-title"
        aria-describedby="expired-text"
      >
        <h2 id="expired-title">${words.expired.title}</h2>
        <p id="expired-text">${words.expired.text}</p>
        <a class="primary" href=${SIGN_IN}>${words.expired.signIn}</a>
      </div>
    </div>`;
  }

  /** Tells the desk what is on screen, for alerts and read marks. */
  private follow(): void {
    const { view, id } = this.route;
    const visible = document.visibilityState === 'visible' && view === 'conversations';
    this.desk.watched = visible ? id : null;
  }

  /** One's own conversations when there are any, else those who wait. */
  private chooseFirstTab(): void {
    if (this.tabChosen || this.desk.starting !== 'ready') return;
    this.tabChosen = true;
    if (listOf(this.desk.state, 'mine', '').length > 0) this.tab = 'mine';
  }

  private get mine(): boolean {
    const summary = this.desk.state.conversations.get(this.route.id ?? '');
    return summary?.owner === 'operator' && summary.operator?.id === this.desk.state.me?.id;
  }

  private act(shortcut: Shortcut): void {
    const view = VIEWS[shortcut];
    if (view !== undefined) this.go(view);
    else if (shortcut === 'next' || shortcut === 'previous') this.step(shortcut === 'next' ? 1 : -1);
    else if (shortcut === 'tab') this.chooseTab(TABS[(TABS.indexOf(this.tab) + 1) % TABS.length] ?? 'mine');
    else if (shortcut === 'commands') this.open('commands');
    else if (shortcut === 'presence')
      void this.desk.setPresence(this.desk.state.me?.presence === 'here' ? 'pause' : 'here');
    else if (this.route.view === 'conversations' && this.route.id !== null)
      this.actOnConversation(shortcut, this.route.id);
  }

  private actOnConversation(shortcut: Shortcut, id: string): void {
    const dialogs: Partial<Record<Shortcut, DialogName>> = {
      close: 'finish',
      transfer: 'transfer',
      return: 'giveBack',
    };
    const dialog = dialogs[shortcut];
    if (shortcut === 'reply' || shortcut === 'note') this.write(shortcut);
    else if (shortcut === 'claim' && this.desk.state.conversations.get(id)?.owner === 'queued')
      void this.desk.claim(id);
    else if (dialog !== undefined && this.mine) this.open(dialog);
  }

  private step(by: 1 | -1): void {
    const ids = listOf(this.desk.state, this.tab, this.municipality).map((item) => item.id);
    const id = neighbour(ids, this.route.view === 'conversations' ? this.route.id : null, by);
    if (id !== null) this.go('conversations', id);
  }

  private readonly onHash = (): void => {
    this.route = routeOf(window.location.hash);
    this.dialog = null;
    const wide = window.matchMedia('(min-width: 1200px)').matches;
    if (!wide) this.contextShown = false;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    this.signals.wake();
    if (this.dialog !== null || this.desk.expired) return;
    const inside = event.composedPath()[0];
    const writing =
      inside instanceof HTMLTextAreaElement || inside instanceof HTMLSelectElement || isTextInput(inside);
    const shortcut = shortcutOf(event, writing);
    if (shortcut === null) return;
    event.preventDefault();
    this.act(shortcut);
  };

  private readonly onWake = (): void => {
    this.follow();
    if (document.visibilityState === 'visible') this.desk.wake();
    this.desk.changed();
  };

  private readonly onStorage = (event: StorageEvent): void => {
    if (event.key === SETTINGS_KEY) this.desk.adoptSettings();
    else this.desk.changed();
  };

  private readonly onGesture = (): void => {
    this.signals.wake();
  };

  private readonly onRetry = (): void => {
    this.desk.wake();
  };

  private readonly onSkip = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('main')?.focus();
  };
}

const linkWords = {
  ...common,
  connecting: words.link.connecting,
  unreachable: words.link.lost,
  lost: words.link.lost,
  restored: words.link.restored,
  refused: words.link.refused,
};

function isTextInput(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  );
}

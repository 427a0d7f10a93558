/** `<langelis-chat>`: the bubble and the window on a municipal site, or the whole chat on a page of its own. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { readableAccent } from '../color';
import { fetchFile, filesAddress } from '../file-access';
import { browserSender, type Attachment } from '../files';
import { keepInside } from '../focus';
import { wordsFor, type Words } from '../i18n';
import { newId } from '../ids';
import { followKeyboard, smallScreen } from '../screen';
import { Session } from '../session';
import { browserSocket, socketAddress } from '../socket';
import { styles } from '../styles';
import { browserTimers } from '../timers';
import { Uploads } from '../uploads';
import { browserVault } from '../vault';
import type { LangelisComposer } from './composer';
import { confirmView, goOnView, headerView, launcherView, type HeaderActions } from './frame';
import type { ContinueFrame } from '../protocol';
import type { MessageActions } from './message';
import {
  COPY_PAYLOAD,
  ERASE_PAYLOAD,
  eraseView,
  HELD_PAYLOAD,
  ownDataView,
  type OwnDataActions,
} from './own-data';

/** The question that lies over the log. */
type Curtain = 'restart' | 'own-data' | 'erase';

export type ChatEvent = 'ready' | 'opened' | 'closed' | 'message' | 'error';

export class LangelisChat extends LitElement {
  static override styles = styles;
  /** The origin of the Langelis server; the script that defines the element sets it. */
  static host = '';

  @property() municipality = '';
  @property({ reflect: true }) mode: 'bubble' | 'page' = 'bubble';
  @property({ reflect: true }) position: 'right' | 'left' = 'right';
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  @property({ type: Boolean, reflect: true }) open = false;
  @property() locale = 'lt';
  @property() color = '';
  @state() private curtain: Curtain | null = null;
  @query('.panel') private panel!: HTMLElement | null;
  @query('.launcher') private launcher!: HTMLElement | null;
  @query('langelis-composer') private composer!: LangelisComposer | null;
  private session: Session | null = null;
  private readonly uploads = new Uploads(
    browserSender(
      () => filesAddress(LangelisChat.host),
      () => ({ Authorization: `Bearer ${this.session?.token ?? ''}` }),
    ),
    () => wordsFor(this.locale),
    () => {
      this.requestUpdate();
    },
  );
  private opener: Element | null = null;
  private shownWay: ContinueFrame | null = null;
  private wasOpened = false;
  private releaseScreen: (() => void) | null = null;

  private readonly actions: MessageActions = {
    choose: (button) => {
      if (button.payload === COPY_PAYLOAD) this.onOwnData();
      else if (button.payload === ERASE_PAYLOAD) this.session?.erase();
      else this.session?.send(button.title, button.payload);
    },
    retry: (clientId) => this.session?.retry(clientId),
    discard: (clientId) => this.session?.discard(clientId),
    fetchFile: (id) => fetchFile(LangelisChat.host, id, this.session?.token ?? ''),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.begin();
    window.addEventListener('online', this.wake);
    document.addEventListener('visibilitychange', this.wake);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    this.fillScreen(false);
    this.session?.stop();
    this.session = null;
  }

  show(): void {
    if (this.mode === 'page') this.composer?.focusInput();
    if (this.mode === 'page' || this.open) return;
    this.opener = document.activeElement;
    this.open = true;
    this.session?.start();
    this.fillScreen(smallScreen().matches);
    this.emit('opened');
    void this.updateComplete.then(() => {
      // On a phone the keyboard would cover the greeting at once.
      if (smallScreen().matches) this.panel?.focus();
      else this.composer?.focusInput();
    });
  }

  hide(): void {
    if (this.mode === 'page' || !this.open) return;
    const within = this.shadowRoot?.activeElement !== null;
    this.open = false;
    this.curtain = null;
    this.session?.rest();
    this.fillScreen(false);
    this.emit('closed');
    if (within) void this.updateComplete.then(this.returnFocus);
  }

  /** Sends a question that stands on the page as a button. */
  ask(text: string): void {
    if (this.mode === 'page') this.scrollIntoView({ block: 'nearest' });
    else this.show();
    this.session?.send(text);
  }

  reset(): void {
    this.curtain = null;
    this.uploads.clear();
    this.session?.reset();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('municipality') && changed.get('municipality')) {
      this.session?.stop();
      this.begin();
    }
    if (changed.has('color')) this.paint();
    this.wasOpened ||= this.open || this.mode === 'page';
  }

  protected override updated(): void {
    this.focusWay();
    if (this.reading) this.session?.markRead();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.session === null) return nothing;
    const words = wordsFor(this.locale);
    const { unread } = this.session.store;
    const shut = this.mode === 'bubble' && !this.open;
    return html`${this.wasOpened ? this.panelView(words, this.session, shut) : nothing}
    ${shut ? launcherView(unread, words, this.onLaunch) : nothing}
    ${
      this.mode === 'page'
        ? nothing
        : html`<p class="unseen" role="status">${shut && unread > 0 ? words.newMessageArrived : nothing}</p>`
    }`;
  }

  private panelView(words: Words, session: Session, shut: boolean): TemplateResult {
    const { store } = session;
    const page = this.mode === 'page';
    return html`<section
      class="panel"
      role=${page ? 'region' : 'dialog'}
      aria-modal=${!page && smallScreen().matches ? 'true' : nothing}
      aria-label=${words.chat}
      lang=${words.locale}
      tabindex="-1"
      ?hidden=${shut}
      @keydown=${this.onKey}
    >
      ${headerView(store.municipalityName, store.owner, words, this.headerActions(page), this.covered)}
      <langelis-link-status
        .words=${words}
        .link=${store.link}
        .notice=${session.notice}
        .retry=${() => {
          session.start();
        }}
      ></langelis-link-status>
      <langelis-log
        ?inert=${this.covered}
        .words=${words}
        .entries=${store.entries}
        .outbox=${store.outbox}
        .filling=${store.replaying}
        .typing=${this.typingLine(words, session)}
        .actions=${this.actions}
      ></langelis-log>
      <langelis-composer
        ?inert=${this.covered}
        .words=${words}
        .limit=${store.textLimit}
        .uploads=${this.uploads}
        .uploaded=${this.uploads.items}
        .fileRefusal=${this.uploads.refusal}
        .canAttach=${session.token !== null}
        .submit=${(text: string, attachments: readonly Attachment[]) => {
          session.send(text, null, attachments);
        }}
        .writing=${(text: string) => {
          if (this.reading) session.write(text);
        }}
      ></langelis-composer>
      ${this.curtainView(words, session)}
      ${store.goingOn === null ? nothing : goOnView(words, store.goingOn, this.onStayHere)}
    </section>`;
  }

  private curtainView(words: Words, session: Session): TemplateResult | typeof nothing {
    switch (this.curtain) {
      case null:
        return nothing;
      case 'restart':
        return confirmView(words, this.onRestart, this.onStay);
      case 'own-data': {
        const path = session.copyPath;
        return ownDataView(
          path === null ? null : LangelisChat.host + path,
          words,
          this.ownData(words, session),
        );
      }
      case 'erase':
        return eraseView(words, this.ownData(words, session));
    }
  }

  private ownData(words: Words, session: Session): OwnDataActions {
    const { owner } = session.store;
    return {
      held:
        owner === 'bot' || owner === 'closed'
          ? (): void => {
              this.onStay();
              session.send(words.ownDataHeld, HELD_PAYLOAD);
            }
          : null,
      copy: (): void => {
        session.askCopy();
      },
      askErase: (): void => {
        this.draw('erase');
      },
      erase: (): void => {
        this.onStay();
        session.erase();
      },
      close: this.onStay,
    };
  }

  private headerActions(page: boolean): HeaderActions {
    const close = page
      ? null
      : (): void => {
          this.hide();
        };
    const goOn = this.session?.store.telegram === true ? this.onGoOn : null;
    return { ownData: this.onOwnData, restart: this.onAskRestart, goOn, close };
  }

  private typingLine(words: Words, session: Session): string | null {
    if (!session.store.typing) return null;
    return session.store.owner === 'operator' ? words.typingOperator : words.typingBot;
  }

  /** Whether a question lies over the log. */
  private get covered(): boolean {
    return this.curtain !== null || (this.session?.store.goingOn ?? null) !== null;
  }

  private get reading(): boolean {
    return (this.open || this.mode === 'page') && document.visibilityState === 'visible';
  }

  private begin(): void {
    if (this.municipality === '' || this.session !== null) return;
    const session = new Session({
      municipality: this.municipality,
      openSocket: browserSocket(socketAddress(LangelisChat.host)),
      timers: browserTimers,
      vault: browserVault(this.municipality),
      newId,
      now: () => new Date().toISOString(),
      onMessage: (seq, author) => {
        this.emit('message', { seq, author });
      },
      onError: (code, message) => {
        this.emit('error', { code, message });
      },
      erasedText: () => wordsFor(this.locale).erased,
    });
    session.store.watch(() => {
      this.requestUpdate();
    });
    this.session = session;
    // A stranger's page view costs the server nothing: the socket opens with the window, or to fetch unread replies.
    if (this.mode === 'page' || this.open || session.known) session.start();
  }

  private emit(name: ChatEvent, detail: Readonly<Record<string, unknown>> = {}): void {
    const full = { municipality: this.municipality, ...detail };
    window.dispatchEvent(new CustomEvent(`langelis:${name}`, { detail: full }));
  }

  private paint(): void {
    const accent = readableAccent(this.color);
    if (accent === null) this.style.removeProperty('--langelis-accent');
    else this.style.setProperty('--langelis-accent', accent);
  }

  /** On a phone the window is the screen: the page behind must not scroll under the finger. */
  private fillScreen(on: boolean): void {
    this.releaseScreen?.();
    this.releaseScreen = null;
    if (!on) return;
    const page = document.documentElement;
    const overflow = page.style.overflow;
    const release = followKeyboard(this);
    page.style.overflow = 'hidden';
    this.releaseScreen = () => {
      page.style.overflow = overflow;
      release();
    };
  }

  private readonly wake = (): void => {
    if (document.visibilityState !== 'visible') {
      this.session?.rest();
      return;
    }
    this.session?.wake();
    this.requestUpdate();
  };

  private readonly returnFocus = (): void => {
    const opener =
      this.opener instanceof HTMLElement && this.opener !== this && this.opener !== document.body;
    if (opener && this.opener instanceof HTMLElement && this.opener.isConnected) this.opener.focus();
    else this.launcher?.focus();
  };

  private readonly onLaunch = (): void => {
    this.show();
  };

  /** The way to Telegram came: whoever asked for it is led there. */
  private focusWay(): void {
    const way = this.session?.store.goingOn ?? null;
    if (way !== this.shownWay) {
      this.shownWay = way;
      if (way !== null) this.panel?.querySelector<HTMLElement>('.confirm .primary')?.focus();
    }
  }

  private readonly onGoOn = (): void => {
    this.session?.goOn();
  };

  private readonly onStayHere = (): void => {
    this.session?.stayHere();
    void this.updateComplete.then(() => this.composer?.focusInput());
  };

  private readonly onAskRestart = (): void => {
    this.draw('restart');
  };

  private readonly onOwnData = (): void => {
    if (this.session !== null) this.session.copyPath = null;
    this.draw('own-data');
  };

  /** Puts a question over the log and the focus on its first answer. */
  private draw(curtain: Curtain): void {
    this.curtain = curtain;
    void this.updateComplete.then(() => this.panel?.querySelector<HTMLElement>('.confirm button')?.focus());
  }

  private readonly onRestart = (): void => {
    this.reset();
    void this.updateComplete.then(() => this.composer?.focusInput());
  };

  private readonly onStay = (): void => {
    const tool = this.curtain === 'restart' ? '.tool.restart' : '.tool.own-data';
    this.curtain = null;
    void this.updateComplete.then(() => this.panel?.querySelector<HTMLElement>(tool)?.focus());
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const modal = this.mode === 'bubble' && smallScreen().matches;
    if (event.key === 'Escape' && this.curtain !== null) this.onStay();
    else if (event.key === 'Escape' && this.covered) this.onStayHere();
    else if (event.key === 'Escape') this.hide();
    else if (event.key === 'Tab' && this.panel !== null && (modal || this.covered))
      keepInside(event, this.panel, this.shadowRoot?.activeElement ?? null);
  };
}

/** What the parts of the console share: the desk, where one is, and small pieces of markup. */

import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LightElement } from '../../components/light-element';
import { lt as words } from '../../i18n/operator-lt';
import { warningIcon } from '../../components/icons';
import type { Desk } from '../desk';
import type { DraftKind } from '../drafts';
import type { Me, Summary, Tab } from '../model';
import type { Route, View } from '../routes';

export type DialogName = 'transfer' | 'finish' | 'giveBack' | 'service' | 'commands';

/** Moving about; the console itself does it. */
export interface Nav {
  readonly route: Route;
  readonly tab: Tab;
  readonly municipality: string;
  readonly contextShown: boolean;
  go(view: View, id?: string | null, seq?: number | null): void;
  chooseTab(tab: Tab): void;
  chooseMunicipality(municipality: string): void;
  open(dialog: DialogName): void;
  shut(): void;
  showContext(on: boolean): void;
  write(kind: DraftKind): void;
  signOut(): void;
  say(kind: 'queued'): void;
}

/** A part that shows anew whenever the desk changes. */
export abstract class Part extends LightElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) nav!: Nav;
  private unwatch: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unwatch = this.desk.watch(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
  }

  /** The conversation that is open, once its summary is known. */
  protected get conversation(): Summary | null {
    const { id, view } = this.nav.route;
    if (view !== 'conversations' || id === null) return null;
    return this.desk.state.conversations.get(id) ?? null;
  }
}

/** Asks something in a window over the page; the browser keeps the focus inside and Esc closes. */
export abstract class DialogPart extends Part {
  protected override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected frame(title: string, body: TemplateResult, extra = ''): TemplateResult {
    return html`<dialog class="dialog ${extra}" aria-labelledby="dialog-title" @close=${this.onClose}>
      <header class="dialog-head">
        <h2 id="dialog-title">${title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${words.close}
          title=${words.close}
          @click=${this.onClose}
        >
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      ${body}
    </dialog>`;
  }

  protected readonly onClose = (): void => {
    this.nav.shut();
  };
}

export function may(me: Me | null, permission: string): boolean {
  return me?.permissions.includes(permission) ?? false;
}

export function placeName(me: Me | null, id: string): string {
  return me?.municipalities.find((place) => place.id === id)?.name ?? id;
}

export function channelName(channel: string): string {
  const names: Readonly<Record<string, string>> = words.channels;
  return names[channel] ?? channel;
}

/** The place for an error is always there, so that screen readers notice the sentence when it comes. */
export function problem(text: string | null): TemplateResult {
  return html`<div role="alert">
    ${text === null ? nothing : html`<p class="problem">${warningIcon}${text}</p>`}
  </div>`;
}

export function failedView(text: string, retry: () => void): TemplateResult {
  return html`<div class="empty">
    <p>${text}</p>
    <button type="button" class="secondary" @click=${retry}>${words.retry}</button>
  </div>`;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The options of a select, with the chosen one marked. */
export function options(list: readonly Option[], chosen: string): TemplateResult[] {
  return list.map(
    ({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`,
  );
}

/** The text fields of a form by name. */
export function formValues(form: HTMLFormElement): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') found[name] = value.trim();
  return found;
}

export function valueOf(event: Event): string {
  const target = event.target;
  const typed =
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement;
  return typed ? target.value : '';
}

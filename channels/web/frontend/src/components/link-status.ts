/** One calm line about the connection; says nothing about a pause that is over before it is noticed. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LinkState } from '../connection';
import type { Words } from '../i18n';
import { browserTimers, type Cancel } from '../timers';
import { LightElement } from './light-element';

const UNNOTICED_MS = 700;
const RESTORED_MS = 2_500;

export class LangelisLinkStatus extends LightElement {
  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) link: LinkState = 'idle';
  /** The server's own sentence, or null. */
  @property({ attribute: false }) notice: string | null = null;
  @property({ attribute: false }) retry: () => void = () => undefined;
  @state() private line: string | null = null;
  private wasReady = false;
  private cancel: Cancel | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('link')) this.follow();
  }

  protected override render(): TemplateResult {
    const line = this.notice ?? this.line;
    return html`<div role="status" class="link-status ${line === null ? 'silent' : ''} link-${this.link}">
      ${line === null ? nothing : html`<p>${line}</p>`}
      ${
        this.link === 'refused'
          ? html`<button type="button" class="plain" @click=${this.retry}>${this.words.tryAgain}</button>`
          : nothing
      }
    </div>`;
  }

  private follow(): void {
    if (this.link === 'ready') this.welcomeBack();
    else if (this.link === 'refused') this.show(this.words.refused, 0);
    else if (this.link === 'idle') this.show(null, 0);
    else if (this.link === 'waiting' && !this.wasReady) this.show(this.words.unreachable, 0);
    else if (this.line === null || this.line === this.words.restored)
      this.show(this.wasReady ? this.words.lost : this.words.connecting, UNNOTICED_MS);
  }

  private welcomeBack(): void {
    const noticed = this.line === this.words.lost;
    this.wasReady = true;
    this.show(noticed ? this.words.restored : null, 0);
    if (noticed) this.schedule(null, RESTORED_MS);
  }

  private show(line: string | null, afterMs: number): void {
    this.cancel?.();
    this.cancel = null;
    if (afterMs === 0) this.line = line;
    else this.schedule(line, afterMs);
  }

  private schedule(line: string | null, afterMs: number): void {
    this.cancel = browserTimers.after(afterMs, () => {
      this.line = line;
    });
  }
}

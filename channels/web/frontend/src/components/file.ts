/** `<langelis-file>`: a file in the resident's log, fetched with the conversation's token; pictures are shown. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isImage, sizeWords, type Attachment } from '../files';
import type { Words } from '../i18n';
import { fileIcon } from './icons';
import { LightElement } from './light-element';

export type FetchFile = (id: string) => Promise<Blob>;

export class LangelisFile extends LightElement {
  @property({ attribute: false }) attachment!: Attachment;
  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) fetchFile: FetchFile = () => Promise.reject(new Error());
  @state() private picture: string | null = null;
  @state() private failed = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forgetPicture();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('attachment') || changed.get('attachment')?.id === this.attachment.id) return;
    this.forgetPicture();
    if (isImage(this.attachment)) void this.show();
  }

  protected override render(): TemplateResult {
    const { name, size } = this.attachment;
    return html`<button
        type="button"
        class="file"
        aria-label="${this.words.saveFile(name)}, ${sizeWords(size, this.words.locale)}"
        @click=${this.onSave}
      >
        ${
          this.picture === null
            ? fileIcon
            : html`<img src=${this.picture} alt="" @error=${this.onPictureError} @load=${this.onPicture} />`
        }
        <span class="file-name">${name}</span>
        <span class="file-size">${sizeWords(size, this.words.locale)}</span>
      </button>
      <div role="alert">
        ${this.failed ? html`<p class="problem">${this.words.fileNotOpened}</p>` : nothing}
      </div>`;
  }

  private async show(): Promise<void> {
    try {
      this.picture = URL.createObjectURL(await this.fetchFile(this.attachment.id));
    } catch {
      // The name and the button stay; pressing it says what is wrong.
    }
  }

  private forgetPicture(): void {
    if (this.picture !== null) URL.revokeObjectURL(this.picture);
    this.picture = null;
  }

  private readonly onSave = async (): Promise<void> => {
    this.failed = false;
    try {
      const address = URL.createObjectURL(await this.fetchFile(this.attachment.id));
      const link = document.createElement('a');
      link.href = address;
      link.download = this.attachment.name;
      link.click();
      setTimeout(() => {
        URL.revokeObjectURL(address);
      }, 60_000);
    } catch {
      this.failed = true;
    }
  };

  /** The log keeps its end in sight when the picture makes it taller. */
  private readonly onPicture = (): void => {
    this.dispatchEvent(new CustomEvent('langelis-grown', { bubbles: true }));
  };

  /** A site whose own rules let no such picture in shows the name. */
  private readonly onPictureError = (): void => {
    this.forgetPicture();
  };
}

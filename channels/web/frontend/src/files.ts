/** Files: what a message shows, and how one is sent and fetched. No DOM here but the browser's own request. */

import { count, isFields, text } from './fields';

/** A file as a message shows it; `size` in bytes. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
}

/** A file on its way; `done` is rejected with `SendError`. */
export interface Transfer {
  readonly done: Promise<Attachment>;
  cancel(): void;
}

/** Sends a file and tells which share of it has gone, 0 to 1. */
export type SendFile = (file: File, onProgress: (share: number) => void) => Transfer;

export const MAX_BYTES = 10 * 1024 * 1024;
export const MAX_FILES = 5;
/** What a phone's chooser offers; iPhones turn their photos into JPEG when only that is asked for. */
export const ACCEPTED =
  'image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.adoc,.asice,.txt,.csv';
const IMAGES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];
const UNAUTHORISED = 401;

/** The server's sentence, or "" when there was no answer. */
export class SendError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'SendError';
  }

  /** Whether the same file may go at another time. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  get expired(): boolean {
    return this.status === UNAUTHORISED;
  }
}

export function isImage(attachment: Attachment): boolean {
  return IMAGES.includes(attachment.mediaType);
}

export function readAttachment(value: unknown): Attachment | null {
  if (!isFields(value)) return null;
  const id = text(value.id);
  const name = text(value.name);
  if (id === null || name === null) return null;
  return { id, name, mediaType: text(value.media_type) ?? '', size: count(value.size) ?? 0 };
}

/** "3,4 MB", "12 KB". */
export function sizeWords(bytes: number, locale: string): string {
  const [value, unit] = bytes >= 1024 * 1024 ? [bytes / (1024 * 1024), 'MB'] : [bytes / 1024, 'KB'];
  const shown = Math.max(value, unit === 'KB' ? 1 : 0.1);
  return `${shown.toLocaleString(locale, { maximumFractionDigits: unit === 'MB' ? 1 : 0 })} ${unit}`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function sentence(value: unknown): string {
  const error = isFields(value) && isFields(value.error) ? value.error : {};
  return text(error.message) ?? '';
}

/** Sends with `XMLHttpRequest`: `fetch` does not tell how much has gone. */
export function browserSender(
  address: () => string,
  headers: () => Readonly<Record<string, string>>,
): SendFile {
  return (file, onProgress) => {
    const request = new XMLHttpRequest();
    const done = new Promise<Attachment>((resolve, reject) => {
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      };
      request.onload = () => {
        const value = parsed(request.responseText);
        const attachment = request.status === 201 ? readAttachment(value) : null;
        if (attachment === null) reject(new SendError(request.status, sentence(value)));
        else resolve(attachment);
      };
      request.onerror =
        request.ontimeout =
        request.onabort =
          () => {
            reject(new SendError(0, ''));
          };
    });
    request.open('POST', `${address()}?${new URLSearchParams({ name: file.name }).toString()}`);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(file);
    return {
      done,
      cancel: () => {
        request.abort();
      },
    };
  };
}

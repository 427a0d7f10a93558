/** Files that are being added to a message: each on its way, there, or refused in words. */

import { MAX_BYTES, MAX_FILES, SendError, type Attachment, type SendFile, type Transfer } from './files';

export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** 0 to 1. */
  readonly share: number;
  readonly attachment: Attachment | null;
  readonly problem: string | null;
  /** False when sending the same file again cannot succeed. */
  readonly retryable: boolean;
}

export interface UploadWords {
  readonly fileTooLarge: (name: string) => string;
  readonly fileEmpty: (name: string) => string;
  readonly filesTooMany: string;
  readonly fileFailed: string;
  readonly fileExpired: string;
}

export class Uploads {
  items: readonly Upload[] = [];
  /** The sentence about files that were not even begun. */
  refusal: string | null = null;
  private readonly transfers = new Map<number, Transfer>();
  private readonly files = new Map<number, File>();
  private last = 0;

  constructor(
    private readonly send: SendFile,
    private readonly words: () => UploadWords,
    private readonly changed: () => void,
  ) {}

  get attachments(): readonly Attachment[] {
    return this.items.map((item) => item.attachment).filter((attachment) => attachment !== null);
  }

  /** Whether some file has neither come nor been refused. */
  get busy(): boolean {
    return this.items.some((item) => item.attachment === null && item.problem === null);
  }

  get broken(): boolean {
    return this.items.some((item) => item.problem !== null);
  }

  /** What can be told without sending is told at once: a film of 200 MB does not go over a phone's line. */
  add(files: Iterable<File>): void {
    this.refusal = null;
    for (const file of files) this.addOne(file);
    this.changed();
  }

  retry(key: number): void {
    const file = this.files.get(key);
    if (file === undefined) return;
    this.amend(key, { problem: null, share: 0 });
    this.begin(key, file);
  }

  remove(key: number): void {
    this.transfers.get(key)?.cancel();
    this.forget(key);
    this.items = this.items.filter((item) => item.key !== key);
    this.refusal = null;
    this.changed();
  }

  /** After the message has gone with them. */
  clear(): void {
    for (const { key } of this.items) this.forget(key);
    this.items = [];
    this.refusal = null;
    this.changed();
  }

  private addOne(file: File): void {
    if (file.size > MAX_BYTES) this.refusal = this.words().fileTooLarge(file.name);
    else if (file.size === 0) this.refusal = this.words().fileEmpty(file.name);
    else if (this.items.length >= MAX_FILES) this.refusal = this.words().filesTooMany;
    else {
      const key = (this.last += 1);
      const item = {
        key,
        name: file.name,
        size: file.size,
        share: 0,
        attachment: null,
        problem: null,
        retryable: true,
      };
      this.items = [...this.items, item];
      this.files.set(key, file);
      this.begin(key, file);
    }
  }

  private begin(key: number, file: File): void {
    const transfer = this.send(file, (share) => {
      this.amend(key, { share });
    });
    this.transfers.set(key, transfer);
    transfer.done.then(
      (attachment) => {
        this.amend(key, { attachment, share: 1 });
      },
      (error: unknown) => {
        const retryable = !(error instanceof SendError) || error.passing || error.expired;
        this.amend(key, { problem: this.problemOf(error), retryable });
      },
    );
  }

  private problemOf(error: unknown): string {
    const words = this.words();
    if (!(error instanceof SendError)) return words.fileFailed;
    if (error.expired) return words.fileExpired;
    return error.message === '' ? words.fileFailed : error.message;
  }

  private amend(key: number, change: Partial<Upload>): void {
    this.items = this.items.map((item) => (item.key === key ? { ...item, ...change } : item));
    this.changed();
  }

  private forget(key: number): void {
    this.transfers.delete(key);
    this.files.delete(key);
  }
}

/** The files of a paste or a drop; a paste that holds words too is one of words. */
export function filesIn(data: DataTransfer | null): readonly File[] {
  if (data === null || data.types.includes('text/plain')) return [];
  return [...data.files];
}

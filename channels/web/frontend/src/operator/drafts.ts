/** What is being written, kept by the browser, so that an expired session or a closed tab loses nothing. */

import type { Attachment } from '../files';

export type DraftKind = 'reply' | 'note';

/** A reply, card or note that the server has not confirmed. */
export interface Outgoing {
  readonly id: string;
  readonly conversation: string;
  readonly kind: DraftKind | 'card';
  /** The words; for a card its title. */
  readonly text: string;
  readonly service: string | null;
  /** Files that the server has already. */
  readonly attachments: readonly Attachment[];
  readonly at: string;
  readonly failed: boolean;
  /** Why it failed, in words, or null when no answer came. */
  readonly reason: string | null;
}

export type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KINDS: readonly string[] = ['reply', 'note', 'card'];

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const item = value as Partial<Record<keyof Outgoing, unknown>>;
  const texts = [item.id, item.conversation, item.text, item.at];
  return texts.every((part) => typeof part === 'string') && KINDS.includes(String(item.kind));
}

function keptFiles(item: Partial<Outgoing>): Outgoing['attachments'] {
  return Array.isArray(item.attachments) ? (item.attachments as Outgoing['attachments']) : [];
}

/** All of one operator's unsent texts. `lasting` outlives the tab; `passing` belongs to this tab alone. */
export class Drafts {
  private readonly prefix: string;

  constructor(
    private readonly lasting: Memory,
    private readonly passing: Memory,
    operator: string,
  ) {
    this.prefix = `langelis:pultas:${operator}`;
  }

  get(conversation: string, kind: DraftKind): string {
    return this.drafts()[`${conversation}:${kind}`] ?? '';
  }

  set(conversation: string, kind: DraftKind, text: string): void {
    const others = Object.entries(this.drafts()).filter(([key]) => key !== `${conversation}:${kind}`);
    const kept = text.trim() === '' ? others : [...others, [`${conversation}:${kind}`, text]];
    const all: unknown = Object.fromEntries(kept);
    this.write(this.lasting, 'drafts', kept.length === 0 ? null : JSON.stringify(all));
  }

  /** In the tab's own memory: two tabs must not both send what one of them failed to. */
  get outbox(): readonly Outgoing[] {
    const value = this.read(this.passing, 'outbox');
    if (!Array.isArray(value)) return [];
    // What an older console kept has no files.
    return value.filter(isOutgoing).map((item) => ({ ...item, attachments: keptFiles(item) }));
  }

  set outbox(items: readonly Outgoing[]) {
    this.write(this.passing, 'outbox', items.length === 0 ? null : JSON.stringify(items));
  }

  /** When the operator signs out: the next person at this computer finds nothing. */
  forget(): void {
    this.write(this.lasting, 'drafts', null);
    this.write(this.passing, 'outbox', null);
  }

  private drafts(): Readonly<Record<string, string>> {
    const value = this.read(this.lasting, 'drafts');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(
      Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  }

  private read(memory: Memory, name: string): unknown {
    try {
      return JSON.parse(memory.getItem(`${this.prefix}:${name}`) ?? 'null');
    } catch {
      return null;
    }
  }

  private write(memory: Memory, name: string, value: string | null): void {
    try {
      if (value === null) memory.removeItem(`${this.prefix}:${name}`);
      else memory.setItem(`${this.prefix}:${name}`, value);
    } catch {
      // A full storage costs this safety net, not the conversation.
    }
  }
}

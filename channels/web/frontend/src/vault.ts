/** What the browser remembers between pages; works without storage too (private mode, blocked cookies). */

import type { Outgoing } from './store';

export interface Vault {
  token: string | null;
  /** The highest sequence number that has been on screen. */
  lastRead: number;
  /** Messages not yet acknowledged; they live as long as the tab does. */
  outbox: readonly Outgoing[];
}

/** A storage that forgets when the page goes. */
function memoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** Reading `window.localStorage` itself throws where storage is blocked, hence the thunk. */
export function usable(storage: () => Storage): ReturnType<typeof memoryStorage> {
  try {
    const found = storage();
    const probe = 'langelis:probe';
    found.setItem(probe, '1');
    found.removeItem(probe);
    return found;
  } catch {
    return memoryStorage();
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const item = value as Partial<Record<keyof Outgoing, unknown>>;
  return typeof item.clientId === 'string' && typeof item.text === 'string' && typeof item.at === 'string';
}

function keptFiles(item: Partial<Outgoing>): Outgoing['attachments'] {
  return Array.isArray(item.attachments) ? (item.attachments as Outgoing['attachments']) : [];
}

function readOutbox(saved: string | null): readonly Outgoing[] {
  try {
    const value: unknown = JSON.parse(saved ?? '[]');
    if (!Array.isArray(value)) return [];
    // What an older script kept has no files.
    return value.filter(isOutgoing).map((item) => ({ ...item, attachments: keptFiles(item) }));
  } catch {
    return [];
  }
}

class StorageVault implements Vault {
  private readonly lasting = usable(() => window.localStorage);
  private readonly passing = usable(() => window.sessionStorage);

  constructor(private readonly key: string) {}

  get token(): string | null {
    return this.lasting.getItem(this.key);
  }

  set token(value: string | null) {
    this.save(this.lasting, this.key, value);
  }

  get lastRead(): number {
    const saved = Number(this.lasting.getItem(`${this.key}:read`) ?? 0);
    return Number.isInteger(saved) ? saved : 0;
  }

  set lastRead(value: number) {
    this.save(this.lasting, `${this.key}:read`, value === 0 ? null : String(value));
  }

  get outbox(): readonly Outgoing[] {
    return readOutbox(this.passing.getItem(`${this.key}:outbox`));
  }

  set outbox(items: readonly Outgoing[]) {
    this.save(this.passing, `${this.key}:outbox`, items.length === 0 ? null : JSON.stringify(items));
  }

  private save(storage: ReturnType<typeof memoryStorage>, key: string, value: string | null): void {
    try {
      if (value === null) storage.removeItem(key);
      else storage.setItem(key, value);
    } catch {
      // A full storage costs the memory of this page, not the conversation.
    }
  }
}

export function browserVault(municipality: string): Vault {
  return new StorageVault(`langelis:${municipality}`);
}

/** Telling the operator that somebody waits: sound, browser notification, number in the title; repeated if wished. */

import type { Cancel, Timers } from '../timers';
import { inTab } from './lists';
import type { Summary } from './model';
import type { EventFrame } from './protocol';
import type { Settings } from './settings';

export type AlertKind = 'queued' | 'message' | 'given';

export interface Alert {
  readonly kind: AlertKind;
  readonly conversation: string;
  readonly summary: Summary;
}

/** What the page can do; the browser's side stands in `browser-alerts.ts`. */
export interface Signals {
  sound(kind: AlertKind): void;
  notify(alert: Alert): void;
  title(text: string): void;
}

export interface Situation {
  readonly me: string | null;
  /** The summary before the event; undefined for a conversation not seen before. */
  readonly before: Summary | undefined;
  /** The conversation on the screen, or null when the page is hidden. */
  readonly watched: string | null;
}

const REPEAT_MS = 30_000;

/** What an event is worth telling, or null: somebody began to wait, wrote to me, or was handed to me. */
export function alertFor(event: EventFrame, { me, before, watched }: Situation): Alert | null {
  const { summary } = event;
  if (summary === null) return null;
  const alert = (kind: AlertKind): Alert => ({ kind, conversation: summary.id, summary });
  if (summary.owner === 'queued' && before?.owner !== 'queued') return alert('queued');
  if (!inTab(summary, 'mine', me) || watched === summary.id) return null;
  const written = event.row?.author === 'resident';
  if (written) return alert('message');
  const handed = before?.operator != null && before.operator.id !== me;
  return handed ? alert('given') : null;
}

/** "(3) Langelis": what waits, and the page's own name. */
export function titleWith(count: number, name: string): string {
  return count === 0 ? name : `(${count > 99 ? '99+' : count}) ${name}`;
}

export class Alerts {
  private cancelRepeat: Cancel | null = null;
  private pending = 0;

  constructor(
    private readonly signals: Signals,
    private readonly timers: Timers,
    private readonly name: string,
    public settings: Settings,
  ) {}

  raise(alert: Alert): void {
    if (this.settings.sound) this.signals.sound(alert.kind);
    if (this.settings.notify) this.signals.notify(alert);
  }

  /** `pending` is how much waits now; while it is not zero the sound may repeat. */
  follow(pending: number): void {
    if (pending !== this.pending || pending === 0) this.signals.title(titleWith(pending, this.name));
    this.pending = pending;
    if (pending > 0 && this.settings.repeat && this.settings.sound)
      this.cancelRepeat ??= this.scheduleRepeat();
    else this.stop();
  }

  stop(): void {
    this.cancelRepeat?.();
    this.cancelRepeat = null;
  }

  private scheduleRepeat(): Cancel {
    return this.timers.after(REPEAT_MS, () => {
      this.cancelRepeat = null;
      this.signals.sound('message');
      this.follow(this.pending);
    });
  }
}

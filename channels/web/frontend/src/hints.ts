/** What the window tells the operator in passing: that the resident writes, and how far they have read. */

import type { ReadFrame, WritingFrame } from './protocol';
import type { Cancel, Timers } from './timers';

/** So often "writes" is said again while it lasts; the console forgets it after half a minute. */
const AGAIN_MS = 5_000;
const PAUSE_MS = 4_000;
/** Several rows that come at once are told of once. */
const GATHER_MS = 500;

export class Hints {
  private writing = false;
  private mayRepeat = true;
  private cancelPause: Cancel | null = null;
  private cancelRead: Cancel | null = null;
  private cancelRepeat: Cancel | null = null;
  private readTold = 0;
  private readUp = 0;

  /** `tell` returns false when there is no socket. */
  constructor(
    private readonly timers: Timers,
    private readonly tell: (frame: WritingFrame | ReadFrame) => boolean,
  ) {}

  /** The resident has changed the text; an empty one is no writing. */
  write(empty: boolean): void {
    this.cancelPause?.();
    if (empty) {
      this.rest();
      return;
    }
    if (!this.writing || this.mayRepeat) this.say();
    this.cancelPause = this.timers.after(PAUSE_MS, () => {
      this.rest();
    });
  }

  /** The resident has stopped, sent the text, or looks elsewhere. */
  rest(): void {
    this.cancelPause?.();
    if (!this.writing) return;
    this.writing = false;
    this.mayRepeat = true;
    this.cancelRepeat?.();
    this.tell({ type: 'typing', on: false });
  }

  /** Rows up to this number were on screen. */
  read(seq: number): void {
    this.readUp = Math.max(this.readUp, seq);
    if (this.readUp <= this.readTold || this.cancelRead !== null) return;
    this.cancelRead = this.timers.after(GATHER_MS, () => {
      this.cancelRead = null;
      if (this.readUp > this.readTold && this.tell({ type: 'read', seq: this.readUp }))
        this.readTold = this.readUp;
    });
  }

  /** Another conversation begins: nothing of it was read. */
  forget(): void {
    for (const cancel of [this.cancelPause, this.cancelRead, this.cancelRepeat]) cancel?.();
    this.cancelPause = this.cancelRead = this.cancelRepeat = null;
    this.writing = false;
    this.mayRepeat = true;
    this.readTold = this.readUp = 0;
  }

  private say(): void {
    this.writing = this.tell({ type: 'typing', on: true });
    this.mayRepeat = false;
    this.cancelRepeat?.();
    this.cancelRepeat = this.timers.after(AGAIN_MS, () => {
      this.mayRepeat = true;
    });
  }
}

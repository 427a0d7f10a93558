/** Time as the connection sees it, so that its rules can be tested without waiting. */

export type Cancel = () => void;

export interface Timers {
  /** Runs `action` once after `ms` milliseconds unless cancelled. */
  after(ms: number, action: () => void): Cancel;
}

export const browserTimers: Timers = {
  after(ms, action) {
    const id = setTimeout(action, ms);
    return () => {
      clearTimeout(id);
    };
  },
};

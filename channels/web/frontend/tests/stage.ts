/** A session over stand-ins for time, the network and the browser's memory. */

import { Session } from '../src/session';
import { FakeNetwork, FakeTimers, FakeVault } from './fakes';

export class Stage {
  readonly timers = new FakeTimers();
  readonly network = new FakeNetwork();
  readonly vault = new FakeVault();
  /** What the page was told of. */
  readonly told: string[] = [];

  /** A session that has not been started. */
  begin(): Session {
    let ids = 0;
    return new Session({
      municipality: 'trakai',
      openSocket: this.network.open,
      timers: this.timers,
      vault: this.vault,
      newId: () => `id-${(ids += 1)}`,
      now: () => '2026-11-21T10:00:00Z',
      onMessage: (seq, author) => this.told.push(`${seq} ${author}`),
      onError: (code) => this.told.push(code),
      erasedText: () => 'Ištrinta.',
    });
  }

  /** A session that the server has welcomed. */
  started(): Session {
    const session = this.begin();
    session.start();
    this.network.welcome();
    return session;
  }
}

/** The rows on screen, each as its number and text. */
export function shown(session: Session): string[] {
  return session.store.entries.map((entry) => `${entry.seq} ${entry.text}`);
}

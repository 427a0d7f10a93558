/** The browser's side of alerts: two soft tones by WebAudio, notifications, the page's title. */

import { lt as words } from '../i18n/operator-lt';
import type { Alert, AlertKind, Signals } from './alerts';

/** Hertz of the two tones, by what happened. */
const TONES: Readonly<Record<AlertKind, readonly [number, number]>> = {
  queued: [660, 880],
  message: [880, 880],
  given: [880, 660],
};
const TONE_SECONDS = 0.16;
const LOUDNESS = 0.25;

export function mayNotify(): NotificationPermission {
  return 'Notification' in window ? Notification.permission : 'denied';
}

/** Asks the operator through the browser; false when that is refused or impossible. */
export async function askToNotify(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

export class BrowserSignals implements Signals {
  private context: AudioContext | null = null;

  constructor(private readonly open: (conversation: string) => void) {}

  /** Browsers make no sound before the person has done something on the page. */
  wake(): void {
    if (!navigator.userActivation.hasBeenActive) return;
    try {
      this.context ??= new AudioContext();
      void this.context.resume();
    } catch {
      // Without sound there are still the title and the list.
    }
  }

  sound(kind: AlertKind): void {
    const { context } = this;
    if (context?.state !== 'running') return;
    TONES[kind].forEach((frequency, index) => {
      const start = context.currentTime + index * TONE_SECONDS;
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      oscillator.frequency.value = frequency;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
      gain.gain.linearRampToValueAtTime(0, start + TONE_SECONDS);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + TONE_SECONDS);
    });
  }

  /** Without the resident's words: they would stand on a locked screen. */
  notify({ kind, conversation, summary }: Alert): void {
    if (mayNotify() !== 'granted' || document.visibilityState === 'visible') return;
    const options = {
      body: summary.topic ?? words.list.noTopic,
      tag: conversation,
      icon: '/static/icon.svg',
    };
    try {
      const shown = new Notification(words.alerts[kind], options);
      shown.addEventListener('click', () => {
        window.focus();
        this.open(conversation);
        shown.close();
      });
    } catch {
      // Phones allow notifications to service workers only.
    }
  }

  title(text: string): void {
    document.title = text;
  }
}

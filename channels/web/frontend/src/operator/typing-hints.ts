/** What residents are told of an operator who writes: not of every key, and of the end only what had a beginning. */

const EVERY_MS = 4_000;

export class TypingHints {
  private readonly saidAt = new Map<string, number>();

  constructor(
    private readonly now: () => number,
    private readonly tell: (conversation: string, on: boolean) => void,
  ) {}

  say(conversation: string, on: boolean): void {
    const now = this.now();
    const last = this.saidAt.get(conversation) ?? 0;
    if (on ? now - last < EVERY_MS : last === 0) return;
    this.saidAt.set(conversation, on ? now : 0);
    this.tell(conversation, on);
  }
}

/** Keeps a socket open: hello first, heartbeat, reconnection with back-off. No DOM here. */

import { delayBefore } from './backoff';
import type { OpenSocket, Socket } from './socket';
import type { Cancel, Timers } from './timers';

/** `ready` = welcomed; `waiting` = lost, the next attempt is scheduled; `refused` = no attempt will be made. */
export type LinkState = 'idle' | 'connecting' | 'ready' | 'waiting' | 'refused';

/** `Out` are the frames of this client, `In` those of the server. */
export interface ConnectionListener<Out, In> {
  readonly ping: Out;
  hello(): Out;
  /** Null for a frame that this version does not understand. */
  read(data: string): In | null;
  onFrame(frame: In): void;
  onState(state: LinkState): void;
}

const HEARTBEAT_MS = 25_000;
const ANSWER_WITHIN_MS = 10_000;

export class Connection<Out, In extends { readonly type: string }> {
  state: LinkState = 'idle';
  private socket: Socket | null = null;
  private attempt = 0;
  private leastPause = 0;
  private cancelRetry: Cancel | null = null;
  private cancelHeartbeat: Cancel | null = null;
  private cancelDeadline: Cancel | null = null;

  constructor(
    private readonly openSocket: OpenSocket,
    private readonly timers: Timers,
    private readonly listener: ConnectionListener<Out, In>,
    private readonly random: () => number = Math.random,
  ) {}

  start(): void {
    if (this.state === 'idle' || this.state === 'refused') this.open();
  }

  /** Connects at once when waiting (the network is back, the tab is shown), checks the line when ready. */
  wake(): void {
    if (this.state === 'waiting') this.open();
    else if (this.state === 'ready') this.probe();
  }

  /** Closes and does not come back until `start`. */
  stop(): void {
    this.release();
    this.enter('idle');
  }

  /** Closes for a reason that trying again cannot mend. */
  refuse(): void {
    this.release();
    this.enter('refused');
  }

  /** Makes the next pause at least `ms` long: the server has asked for it. */
  holdOff(ms: number): void {
    this.leastPause = ms;
  }

  /** Drops the socket and says hello anew, without delay. */
  restart(): void {
    this.release();
    this.attempt = 0;
    this.open();
  }

  /** False when there is no welcomed socket; the caller keeps the frame and sends it after the next welcome. */
  send(frame: Out): boolean {
    if (this.state !== 'ready' || this.socket === null) return false;
    this.socket.send(JSON.stringify(frame));
    this.expectAnswer();
    return true;
  }

  /** Sends what the server does not answer and what is no loss when there is no socket. */
  tell(frame: Out): boolean {
    if (this.state !== 'ready' || this.socket === null) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private open(): void {
    this.release();
    this.enter('connecting');
    let mine: Socket | null = null;
    // A dropped socket may still report; only the present one is listened to.
    const current = (): boolean => mine !== null && mine === this.socket;
    try {
      mine = this.openSocket({
        onOpen: () => {
          if (current()) this.socket?.send(JSON.stringify(this.listener.hello()));
        },
        onText: (data) => {
          if (current()) this.receive(data);
        },
        onClose: () => {
          if (current()) this.lose();
        },
      });
      this.socket = mine;
      this.expectAnswer();
    } catch {
      this.refuse();
    }
  }

  private receive(data: string): void {
    this.cancelDeadline?.();
    this.cancelDeadline = null;
    this.scheduleHeartbeat();
    const frame = this.listener.read(data);
    if (frame === null) return;
    const welcomed = frame.type === 'welcome';
    if (welcomed) this.attempt = 0;
    this.listener.onFrame(frame);
    if (welcomed && this.socket !== null) this.enter('ready');
  }

  private lose(): void {
    this.release();
    const delay = Math.max(this.leastPause, delayBefore(this.attempt, this.random()));
    this.attempt += 1;
    this.leastPause = 0;
    this.cancelRetry = this.timers.after(delay, () => {
      this.open();
    });
    this.enter('waiting');
  }

  private scheduleHeartbeat(): void {
    this.cancelHeartbeat?.();
    this.cancelHeartbeat = this.timers.after(HEARTBEAT_MS, () => {
      this.probe();
    });
  }

  private probe(): void {
    this.send(this.listener.ping);
  }

  private expectAnswer(): void {
    this.cancelDeadline ??= this.timers.after(ANSWER_WITHIN_MS, () => {
      this.lose();
    });
  }

  private release(): void {
    for (const cancel of [this.cancelRetry, this.cancelHeartbeat, this.cancelDeadline]) cancel?.();
    this.cancelRetry = this.cancelHeartbeat = this.cancelDeadline = null;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private enter(state: LinkState): void {
    if (this.state === state) return;
    this.state = state;
    this.listener.onState(state);
  }
}

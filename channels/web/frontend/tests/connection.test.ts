import { beforeEach, describe, expect, test } from 'vitest';
import { delayBefore } from '../src/backoff';
import { Connection, type LinkState } from '../src/connection';
import { readFrame, type ClientFrame, type ServerFrame } from '../src/protocol';
import { FakeNetwork, FakeTimers } from './fakes';

let timers: FakeTimers;
let network: FakeNetwork;
let states: LinkState[];
let frames: ServerFrame[];
let connection: Connection<ClientFrame, ServerFrame>;
const WIRE = {
  ping: { type: 'ping' },
  read: readFrame,
  hello: (): ClientFrame => ({ type: 'hello', municipality: 'trakai' }),
} as const;

beforeEach(() => {
  timers = new FakeTimers();
  network = new FakeNetwork();
  states = [];
  frames = [];
  const listener = {
    ...WIRE,
    onFrame: (frame: ServerFrame) => frames.push(frame),
    onState: (state: LinkState) => states.push(state),
  };
  connection = new Connection(network.open, timers, listener, () => 0.5);
});

describe('delayBefore', () => {
  test('doubles from one second to thirty', () => {
    const delays = [0, 1, 2, 3, 4, 5, 50].map((attempt) => delayBefore(attempt, 0.5));
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  });

  test.each([0, 0.25, 0.999])('is moved by at most a quarter (random %f)', (random) => {
    expect(Math.abs(delayBefore(2, random) - 4000)).toBeLessThanOrEqual(1000);
  });
});

describe('Connection', () => {
  test('says hello first and is ready when welcomed', () => {
    connection.start();
    expect(connection.send({ type: 'ping' })).toBe(false);
    network.welcome();
    expect(network.last.types()).toEqual(['hello']);
    expect(states).toEqual(['connecting', 'ready']);
    expect(connection.send({ type: 'ping' })).toBe(true);
  });

  test('comes back with growing pauses and starts over after a welcome', () => {
    connection.start();
    for (const pause of [1000, 2000, 4000]) {
      const opened = network.sockets.length;
      network.last.events.onClose();
      timers.pass(pause - 1);
      expect(network.sockets).toHaveLength(opened);
      timers.pass(1);
      expect(network.sockets).toHaveLength(opened + 1);
    }
    network.welcome().events.onClose();
    timers.pass(1000);
    expect(network.sockets).toHaveLength(5);
  });

  test('does not wait out the pause when woken', () => {
    connection.start();
    network.last.events.onClose();
    connection.wake();
    expect(network.sockets).toHaveLength(2);
    timers.pass(60_000);
    expect(network.sockets.filter((socket) => !socket.closed).length).toBeLessThanOrEqual(1);
  });

  test('drops a socket that the server never answers', () => {
    connection.start();
    network.last.events.onOpen();
    timers.pass(10_000);
    expect(network.sockets[0]?.closed).toBe(true);
    expect(connection.state).toBe('waiting');
  });

  test('pings a quiet line and drops it when there is no answer', () => {
    connection.start();
    const socket = network.welcome();
    timers.pass(25_000);
    expect(socket.types()).toEqual(['hello', 'ping']);
    socket.say({ type: 'pong' });
    timers.pass(25_000);
    expect(socket.types()).toEqual(['hello', 'ping', 'ping']);
    timers.pass(10_000);
    expect(socket.closed).toBe(true);
  });

  test('does not listen to a socket that it has dropped', () => {
    connection.start();
    const first = network.welcome();
    connection.restart();
    first.say({ type: 'typing', on: true });
    first.events.onClose();
    expect(frames.map((frame) => frame.type)).toEqual(['welcome']);
    expect(connection.state).toBe('connecting');
  });

  test('stays closed when stopped, and when refused until started again', () => {
    connection.start();
    network.welcome();
    connection.stop();
    timers.pass(120_000);
    expect(network.sockets).toHaveLength(1);
    connection.start();
    connection.refuse();
    connection.wake();
    timers.pass(120_000);
    expect(network.sockets).toHaveLength(2);
    connection.start();
    expect(network.sockets).toHaveLength(3);
  });

  test('is refused when the browser does not allow a socket', () => {
    const failing = new Connection(
      () => {
        throw new Error('blocked');
      },
      timers,
      {
        ...WIRE,
        onFrame: () => undefined,
        onState: (state) => states.push(state),
      },
    );
    failing.start();
    expect(states).toEqual(['connecting', 'refused']);
  });
});

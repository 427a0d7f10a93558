/** The frames of the console's socket, version 1. */

import { count, isFields, oneOf, text, type Fields } from '../fields';
import { readCaseLine } from './case-readers';
import type { CaseLine, Colleague, Note, Row, Summary, Task, Typist } from './model';
import { identity, readColleague, readNote, readRow, readSummary, readTask } from './readers';

export type CommandType =
  'claim' | 'reply' | 'note' | 'typing' | 'read' | 'transfer' | 'close' | 'return' | 'presence' | 'ping';

export interface Hello {
  readonly type: 'hello';
  readonly after: number | null;
}

export interface Command {
  readonly type: CommandType;
  readonly id: string;
  readonly [field: string]: unknown;
}

export type ClientFrame = Hello | Command;

export interface Welcome {
  readonly type: 'welcome';
  readonly lastEvent: number;
  readonly heartbeatSeconds: number;
}

export interface Reset {
  readonly type: 'reset';
  readonly lastEvent: number;
}

export interface EventFrame {
  readonly type: 'event';
  readonly seq: number;
  readonly kind: string;
  readonly conversation: string | null;
  readonly summary: Summary | null;
  readonly row: Row | null;
  readonly note: Note | null;
  readonly task: Task | null;
  readonly presence: Colleague | null;
  readonly case: CaseLine | null;
}

export interface Typing {
  readonly type: 'typing';
  readonly conversation: string;
  readonly who: Typist;
  readonly name: string | null;
  readonly on: boolean;
}

export interface Done {
  readonly type: 'done';
  readonly id: string;
  /** The number of the row or note that came of it, when the server tells. */
  readonly seq: number | null;
}

export interface Refusal {
  readonly type: 'error';
  /** Null when it is about the connection as a whole. */
  readonly id: string | null;
  readonly code: string;
  readonly message: string;
  /** Who was faster, for `already_claimed`. */
  readonly operator: string | null;
}

export type ServerFrame = Welcome | Reset | EventFrame | Typing | Done | Refusal | { readonly type: 'pong' };

const TYPISTS: readonly Typist[] = ['resident', 'operator'];
const HEARTBEAT_SECONDS = 25;

function readEvent(fields: Fields): EventFrame | null {
  const seq = count(fields.seq);
  if (seq === null) return null;
  const summary = readSummary(fields.summary);
  return {
    type: 'event',
    seq,
    kind: text(fields.kind) ?? '',
    conversation: identity(fields.conversation) ?? summary?.id ?? null,
    summary,
    row: readRow(fields.row),
    note: readNote(fields.note),
    task: readTask(fields.task),
    presence: readColleague(fields.presence),
    case: readCaseLine(fields.case),
  };
}

function readTyping(fields: Fields): Typing | null {
  const conversation = identity(fields.conversation);
  const who = oneOf(TYPISTS, fields.who);
  if (conversation === null || who === null) return null;
  return { type: 'typing', conversation, who, name: text(fields.name), on: fields.on === true };
}

function readRefusal(fields: Fields): Refusal {
  const holder = fields.operator;
  return {
    type: 'error',
    id: text(fields.id),
    code: text(fields.code) ?? 'internal',
    message: text(fields.message) ?? '',
    operator: isFields(holder) ? text(holder.name) : text(holder),
  };
}

function readFields(fields: Fields): ServerFrame | null {
  switch (fields.type) {
    case 'welcome':
      return {
        type: 'welcome',
        lastEvent: count(fields.last_event) ?? 0,
        heartbeatSeconds: count(fields.heartbeat_seconds) ?? HEARTBEAT_SECONDS,
      };
    case 'reset':
      return { type: 'reset', lastEvent: count(fields.last_event) ?? 0 };
    case 'event':
      return readEvent(fields);
    case 'typing':
      return readTyping(fields);
    case 'done': {
      const id = text(fields.id);
      return id === null ? null : { type: 'done', id, seq: count(fields.seq) };
    }
    case 'error':
      return readRefusal(fields);
    case 'pong':
      return { type: 'pong' };
    default:
      return null;
  }
}

/** One frame from the wire; null for anything this version does not understand. */
export function readFrame(data: string): ServerFrame | null {
  try {
    const value: unknown = JSON.parse(data);
    return isFields(value) ? readFields(value) : null;
  } catch {
    return null;
  }
}

/** The socket protocol, version 1: the frames, and guards for what arrives from the network. */

import { count, each, isFields, oneOf, text, type Fields } from './fields';
import { readAttachment, type Attachment } from './files';

export type Author = 'resident' | 'bot' | 'operator' | 'system';
export type Owner = 'bot' | 'queued' | 'operator' | 'closed';
export type SectionStyle = 'text' | 'list' | 'steps';

export interface HelloFrame {
  readonly type: 'hello';
  readonly municipality: string;
  readonly token?: string;
  readonly after?: number;
}

export interface SendFrame {
  readonly type: 'message';
  readonly client_id: string;
  readonly text: string;
  readonly payload?: string;
  readonly attachments?: readonly string[];
}

export interface PingFrame {
  readonly type: 'ping';
}

/** The resident writes to a person, or has stopped. */
export interface WritingFrame {
  readonly type: 'typing';
  readonly on: boolean;
}

/** The rows up to this number were on screen. */
export interface ReadFrame {
  readonly type: 'read';
  readonly seq: number;
}

/** Asks where a copy of the conversation can be had. */
export interface AskCopyFrame {
  readonly type: 'copy';
}

/** Deletes the conversation. */
export interface EraseFrame {
  readonly type: 'erase';
}

/** Asks for a one-time code with which the conversation goes on on Telegram. */
export interface ContinueRequest {
  readonly type: 'continue';
}

export type ClientFrame =
  HelloFrame | SendFrame | PingFrame | WritingFrame | ReadFrame | AskCopyFrame | EraseFrame | ContinueRequest;

export interface ReplyButton {
  readonly title: string;
  readonly payload: string;
}

export interface CardSection {
  readonly heading: string | null;
  readonly style: SectionStyle;
  readonly lines: readonly string[];
  readonly asked: boolean;
}

export interface CardLink {
  readonly label: string;
  readonly url: string;
}

export interface Card {
  readonly kind: string;
  readonly title: string;
  readonly lead: string | null;
  readonly sections: readonly CardSection[];
  readonly warnings: readonly string[];
  readonly links: readonly CardLink[];
  readonly checked: string | null;
  readonly checkedLabel: string | null;
}

export interface WelcomeFrame {
  readonly type: 'welcome';
  readonly token: string;
  readonly municipality: { readonly id: string; readonly name: string };
  readonly owner: Owner;
  readonly lastSeq: number;
  readonly textLimit: number;
  /** Whether the conversation may go on on Telegram. */
  readonly telegram: boolean;
}

export interface ContinueFrame {
  readonly type: 'continue';
  readonly code: string;
  readonly url: string;
}

export interface AcceptedFrame {
  readonly type: 'accepted';
  readonly clientId: string;
  readonly seq: number;
}

export interface MessageFrame {
  readonly type: 'message';
  readonly seq: number;
  readonly author: Author;
  readonly text: string;
  readonly at: string;
  readonly clientId: string | null;
  readonly buttons: readonly ReplyButton[];
  readonly card: Card | null;
  readonly attachments: readonly Attachment[];
  readonly lang: string | null;
}

export interface OwnerFrame {
  readonly type: 'owner';
  readonly seq: number;
  readonly owner: Owner;
  readonly text: string;
  readonly at: string;
}

export interface TypingFrame {
  readonly type: 'typing';
  readonly on: boolean;
}

export interface ErrorFrame {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  readonly clientId: string | null;
  readonly retryAfter: number | null;
}

/** Where the copy is, on the server. */
export interface CopyFrame {
  readonly type: 'copy';
  readonly path: string;
}

/** The conversation is deleted; `text` says what the law keeps. */
export interface ErasedFrame {
  readonly type: 'erased';
  readonly text: string;
}

export interface PongFrame {
  readonly type: 'pong';
}

export type ServerFrame =
  | WelcomeFrame
  | ContinueFrame
  | AcceptedFrame
  | MessageFrame
  | OwnerFrame
  | TypingFrame
  | CopyFrame
  | ErasedFrame
  | ErrorFrame
  | PongFrame;

export const DEFAULT_TEXT_LIMIT = 2000;
const TELEGRAM = 'https://t.me/';

export const AUTHORS: readonly Author[] = ['resident', 'bot', 'operator', 'system'];
export const OWNERS: readonly Owner[] = ['bot', 'queued', 'operator', 'closed'];
const STYLES: readonly SectionStyle[] = ['text', 'list', 'steps'];

export function readButton(value: unknown): ReplyButton | null {
  if (!isFields(value)) return null;
  const title = text(value.title);
  const payload = text(value.payload);
  return title === null || payload === null ? null : { title, payload };
}

function readSection(value: unknown): CardSection | null {
  if (!isFields(value)) return null;
  return {
    heading: text(value.heading),
    style: oneOf(STYLES, value.style) ?? 'text',
    lines: each(value.lines, text),
    asked: value.asked === true,
  };
}

function readLink(value: unknown): CardLink | null {
  if (!isFields(value)) return null;
  const url = text(value.url);
  return url === null ? null : { label: text(value.label) ?? url, url };
}

/** A card, or null when it has no title: the message's plain text is shown then. */
export function readCard(value: unknown): Card | null {
  if (!isFields(value)) return null;
  const title = text(value.title);
  if (title === null) return null;
  return {
    kind: text(value.kind) ?? 'info',
    title,
    lead: text(value.lead),
    sections: each(value.sections, readSection),
    warnings: each(value.warnings, text),
    links: each(value.links, readLink),
    checked: text(value.checked),
    checkedLabel: text(value.checked_label),
  };
}

function readWelcome(fields: Fields): WelcomeFrame | null {
  const token = text(fields.token);
  const place = fields.municipality;
  const limits = fields.limits;
  if (token === null || !isFields(place)) return null;
  return {
    type: 'welcome',
    token,
    municipality: { id: text(place.id) ?? '', name: text(place.name) ?? '' },
    owner: oneOf(OWNERS, fields.owner) ?? 'bot',
    lastSeq: count(fields.last_seq) ?? 0,
    textLimit: (isFields(limits) ? count(limits.text) : null) ?? DEFAULT_TEXT_LIMIT,
    telegram: fields.telegram === true,
  };
}

function readContinue(fields: Fields): ContinueFrame | null {
  const code = text(fields.code);
  const url = text(fields.url);
  return code === null || url?.startsWith(TELEGRAM) !== true ? null : { type: 'continue', code, url };
}

function readMessage(fields: Fields): MessageFrame | null {
  const seq = count(fields.seq);
  const author = oneOf(AUTHORS, fields.author);
  if (seq === null || author === null) return null;
  return {
    type: 'message',
    seq,
    author,
    text: text(fields.text) ?? '',
    at: text(fields.at) ?? '',
    clientId: text(fields.client_id),
    buttons: each(fields.buttons, readButton),
    card: readCard(fields.card),
    attachments: each(fields.attachments, readAttachment),
    lang: text(fields.lang),
  };
}

function readOwner(fields: Fields): OwnerFrame | null {
  const seq = count(fields.seq);
  const owner = oneOf(OWNERS, fields.owner);
  if (seq === null || owner === null) return null;
  return { type: 'owner', seq, owner, text: text(fields.text) ?? '', at: text(fields.at) ?? '' };
}

function readAccepted(fields: Fields): AcceptedFrame | null {
  const clientId = text(fields.client_id);
  const seq = count(fields.seq);
  return clientId === null || seq === null ? null : { type: 'accepted', clientId, seq };
}

function readCopy(fields: Fields): CopyFrame | null {
  const path = text(fields.path);
  // Only ever a page of this server: the path is put behind its address.
  return path?.startsWith('/copy/') === true ? { type: 'copy', path } : null;
}

function readError(fields: Fields): ErrorFrame {
  return {
    type: 'error',
    code: text(fields.code) ?? 'internal',
    message: text(fields.message) ?? '',
    clientId: text(fields.client_id),
    retryAfter: count(fields.retry_after),
  };
}

function readFields(fields: Fields): ServerFrame | null {
  switch (fields.type) {
    case 'welcome':
      return readWelcome(fields);
    case 'continue':
      return readContinue(fields);
    case 'accepted':
      return readAccepted(fields);
    case 'message':
      return readMessage(fields);
    case 'owner':
      return readOwner(fields);
    case 'typing':
      return { type: 'typing', on: fields.on === true };
    case 'copy':
      return readCopy(fields);
    case 'erased':
      return { type: 'erased', text: text(fields.text) ?? '' };
    case 'error':
      return readError(fields);
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

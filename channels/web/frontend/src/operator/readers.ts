/** Guards: from what came over the network to the model; null for what cannot be used. */

import { files } from '../i18n/operator-lt-files';
import { readAttachment } from '../files';
import { count, each, isFields, oneOf, text, type Fields } from '../fields';
import { AUTHORS, OWNERS, readButton, readCard } from '../protocol';
import type {
  Canned,
  Colleague,
  Guess,
  Hit,
  Me,
  Note,
  Page,
  Person,
  Place,
  Presence,
  Role,
  Row,
  Service,
  Summary,
  Task,
  ThreadData,
} from './model';
import { readCaseLine } from './case-readers';

export const PRESENCES: readonly Presence[] = ['here', 'pause', 'away'];
const ROLES: readonly Role[] = ['operator', 'supervisor', 'administrator'];

export function readRole(value: unknown): Role {
  return oneOf(ROLES, value) ?? 'operator';
}

/** A number as an id: the server may count or use words. */
export function identity(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : text(value);
}

export function readPerson(value: unknown): Person | null {
  if (!isFields(value)) return null;
  const id = identity(value.id);
  return id === null ? null : { id, name: text(value.name) ?? text(value.display_name) ?? id };
}

function readPlace(value: unknown): Place | null {
  if (typeof value === 'string') return { id: value, name: value };
  if (!isFields(value)) return null;
  const id = text(value.id);
  return id === null ? null : { id, name: text(value.name) ?? id };
}

/** The answer about who is signed in: the person, the rights, and the token that changes need. */
export function readMe(value: unknown): Me | null {
  if (!isFields(value)) return null;
  const person = readPerson(value.operator);
  const { operator } = value;
  if (!isFields(operator) || person === null) return null;
  const scopes: Fields = isFields(value.scopes) ? value.scopes : {};
  return {
    ...person,
    login: text(operator.login) ?? '',
    role: readRole(value.role),
    permissions: each(value.permissions, text),
    municipalities: each(scopes.municipalities, readPlace),
    everywhere: each(value.municipalities, readPlace),
    departments: each(scopes.departments, text),
    presence: oneOf(PRESENCES, value.presence) ?? 'here',
    totp: operator.totp === true,
    csrf: text(value.csrf_token),
  };
}

function readClosed(value: unknown): Summary['closed'] {
  if (!isFields(value)) return null;
  return { reason: text(value.reason) ?? '', topic: text(value.topic) ?? '', at: text(value.at) ?? '' };
}

/** A message of files alone has no words. */
function lastWords(said: string, seq: number): string {
  return said === '' && seq > 0 ? files.last : said;
}

export function readSummary(value: unknown): Summary | null {
  if (!isFields(value)) return null;
  const id = identity(value.id);
  const owner = oneOf(OWNERS, value.owner);
  if (id === null || owner === null) return null;
  return {
    id,
    channel: text(value.channel) ?? 'web',
    municipality: text(value.municipality) ?? '',
    owner,
    operator: readPerson(value.operator),
    department: text(value.department),
    topic: text(value.topic),
    queuedAt: text(value.queued_at),
    claimedAt: text(value.claimed_at),
    lastSeq: count(value.last_seq) ?? 0,
    lastText: lastWords(text(value.last_text) ?? '', count(value.last_seq) ?? 0),
    lastAuthor: oneOf(AUTHORS, value.last_author) ?? 'system',
    lastAt: text(value.last_at) ?? '',
    unread: count(value.unread) ?? 0,
    residentRead: count(value.resident_read) ?? 0,
    closed: readClosed(value.closed),
    cases: each(value.cases, text),
    due: text(value.due),
    unreachable: value.unreachable === true,
  };
}

function readGuess(value: unknown): Guess | null {
  if (!isFields(value)) return null;
  const intent = text(value.intent);
  if (intent === null) return null;
  const confidence = typeof value.confidence === 'number' ? value.confidence : 0;
  return { intent, confidence, service: text(value.service) };
}

export function readRow(value: unknown): Row | null {
  if (!isFields(value)) return null;
  const seq = count(value.seq);
  // A change of owner is a system line, whether or not it names its author.
  const author = oneOf(AUTHORS, value.author) ?? (value.owner === undefined ? null : 'system');
  if (seq === null || author === null) return null;
  return {
    seq,
    author,
    text: text(value.text) ?? '',
    at: text(value.at) ?? '',
    buttons: each(value.buttons, readButton),
    card: readCard(value.card),
    attachments: each(value.attachments, readAttachment),
    lang: text(value.lang),
    nlu: readGuess(value.nlu),
    operator: readPerson(value.operator),
    clientId: text(value.client_id),
    replyTo: count(value.reply_to),
  };
}

export function readNote(value: unknown): Note | null {
  if (!isFields(value)) return null;
  const id = identity(value.id);
  const conversation = identity(value.conversation);
  if (id === null || conversation === null) return null;
  return {
    id,
    conversation,
    afterSeq: count(value.after_seq) ?? 0,
    operator: readPerson(value.operator) ?? { id: '', name: '' },
    text: text(value.text) ?? '',
    at: text(value.at) ?? '',
  };
}

export function readPage(value: unknown): Page {
  const fields: Fields = isFields(value) ? value : {};
  return { items: each(fields.items, readSummary), lastEvent: count(fields.last_event) ?? 0 };
}

export function readThread(value: unknown): ThreadData | null {
  if (!isFields(value)) return null;
  const summary = readSummary(value.summary);
  if (summary === null) return null;
  return {
    summary,
    rows: each(value.rows, readRow),
    notes: each(value.notes, readNote),
    earlier: each(value.earlier, readSummary),
    cases: each(value.cases, readCaseLine),
    resident: isFields(value.resident) ? text(value.resident.name) : null,
  };
}

export function readTask(value: unknown): Task | null {
  if (!isFields(value)) return null;
  const id = identity(value.id);
  if (id === null) return null;
  return {
    id,
    kind: value.kind === 'callback' ? 'callback' : 'message',
    municipality: text(value.municipality) ?? '',
    conversation: identity(value.conversation),
    name: text(value.name),
    contact: text(value.contact) ?? '',
    bestTime: text(value.best_time),
    text: text(value.text) ?? '',
    due: text(value.due),
    state: text(value.state) ?? 'open',
    operator: readPerson(value.operator),
  };
}

export function readColleague(value: unknown): Colleague | null {
  const person = readPerson(value);
  if (!isFields(value) || person === null) return null;
  return {
    ...person,
    presence: oneOf(PRESENCES, value.presence) ?? 'away',
    municipalities: each(value.municipalities, text),
    departments: each(value.departments, text),
  };
}

export function readCanned(value: unknown): Canned | null {
  if (!isFields(value)) return null;
  const id = identity(value.id);
  if (id === null) return null;
  return {
    id,
    municipality: text(value.municipality),
    shortcut: text(value.shortcut) ?? '',
    title: text(value.title) ?? '',
    text: text(value.text) ?? '',
  };
}

export function readService(value: unknown): Service | null {
  if (!isFields(value)) return null;
  const id = identity(value.id);
  return id === null ? null : { id, title: text(value.title) ?? id, card: readCard(value.card) };
}

function readPart(value: unknown): Hit['snippet'][number] | null {
  if (!isFields(value)) return null;
  return { text: text(value.text) ?? '', hit: value.hit === true };
}

export function readHit(value: unknown): Hit | null {
  if (!isFields(value)) return null;
  const conversation = identity(value.conversation);
  const seq = count(value.seq);
  if (conversation === null || seq === null) return null;
  return {
    conversation,
    seq,
    at: text(value.at) ?? '',
    author: oneOf(AUTHORS, value.author) ?? 'system',
    snippet: each(value.snippet, readPart),
    municipality: text(value.municipality) ?? '',
  };
}

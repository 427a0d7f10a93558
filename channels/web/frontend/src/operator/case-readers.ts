/** Guards for cases, accounts and the audit log. */

import { readAttachment } from '../files';
import { count, each, isFields, text } from '../fields';
import type { Account, AuditEntry, CaseDetail, CaseLine, CaseStep, CountedDay, SignIn } from './model';
import { identity, readPerson, readRole } from './readers';

export function readCaseLine(value: unknown): CaseLine | null {
  if (!isFields(value)) return null;
  const number = text(value.number);
  if (number === null) return null;
  const kind = text(value.kind) ?? '';
  const state = text(value.state) ?? '';
  return {
    number,
    kind,
    kindWords: text(value.kind_words) ?? kind,
    state,
    stateWords: text(value.state_words) ?? state,
    received: text(value.received) ?? '',
    charterDue: text(value.charter_due),
    legalDue: text(value.legal_due),
    overdue: value.overdue === true,
    unit: text(value.unit),
    conversation: identity(value.conversation),
    municipality: text(value.municipality),
  };
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (isFields(value)) return Object.values(value).map(plain).filter(Boolean).join(' → ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

function plainFields(value: unknown): Readonly<Record<string, string>> {
  if (!isFields(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

function readStep(value: unknown): CaseStep | null {
  if (!isFields(value)) return null;
  const actor = isFields(value.actor)
    ? (text(value.actor.name) ?? text(value.actor.words))
    : text(value.actor);
  return {
    seq: count(value.seq) ?? 0,
    kind: text(value.kind) ?? '',
    words: text(value.words) ?? '',
    at: text(value.at) ?? '',
    actor: actor ?? '',
    data: plainFields(value.data),
  };
}

function readDay(value: unknown): CountedDay | null {
  if (!isFields(value)) return null;
  const day = text(value.day);
  if (day === null) return null;
  const counts = typeof value.counts === 'boolean' ? value.counts : count(value.number) !== null;
  return { day, until: text(value.until) ?? day, words: text(value.words) ?? '', counts };
}

/** One string or the parts of a contact, as lines to show. */
function readContact(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return isFields(value)
    ? Object.values(value)
        .filter((item) => typeof item === 'string' && item !== '')
        .map(String)
    : [];
}

export function readCase(value: unknown): CaseDetail | null {
  const line = readCaseLine(value);
  if (!isFields(value) || line === null) return null;
  const explanation = isFields(value.explanation) ? value.explanation : {};
  return {
    line,
    description: text(value.description) ?? '',
    outcome: text(value.outcome),
    happened: text(value.happened),
    institution: text(value.institution),
    complainedAbout: text(value.complained_about),
    contact: readContact(value.contact),
    attachments: each(value.attachments, readAttachment),
    wantsReply: value.wants_reply === true,
    history: each(value.history, readStep),
    charterDays: each(explanation.charter, readDay),
    legalDays: each(explanation.legal, readDay),
    allowed: each(value.allowed, text),
  };
}

export function readSignIn(value: unknown): SignIn | null {
  if (!isFields(value)) return null;
  const id = identity(value.id);
  if (id === null) return null;
  return {
    id,
    created: text(value.created_at) ?? text(value.created) ?? '',
    lastSeen: text(value.last_seen_at) ?? text(value.last_seen) ?? '',
    userAgent: text(value.user_agent) ?? '',
    address: text(value.address) ?? '',
    current: value.current === true,
  };
}

export function readAccount(value: unknown): Account | null {
  const person = readPerson(value);
  if (!isFields(value) || person === null) return null;
  return {
    ...person,
    login: text(value.login) ?? '',
    role: readRole(value.role),
    municipalities: each(value.municipalities, (item) => (isFields(item) ? text(item.id) : text(item))),
    departments: each(value.departments, text),
    disabled: value.disabled === true,
    totp: value.totp === true,
  };
}

/** With the server's own words for what it knows how to say. */
export function readAudit(value: unknown): AuditEntry | null {
  if (!isFields(value)) return null;
  const seq = count(value.seq);
  if (seq === null) return null;
  const data = Object.entries(plainFields(value.data)).filter(([, item]) => item !== '');
  return {
    seq,
    at: text(value.at) ?? '',
    operator: text(value.operator_name) ?? '',
    action: text(value.action_label) ?? text(value.action) ?? '',
    objectType: text(value.object_label) ?? text(value.object_type) ?? '',
    objectId: text(value.object_id) ?? '',
    municipality: text(value.municipality),
    address: text(value.address) ?? '',
    data: data.map(([name, item]) => `${name}: ${item}`).join('; '),
  };
}

/** What the console knows of conversations, cases and people, in the shape the server sends it. */

import type { Attachment } from '../files';
import type { Author, Card, Owner, ReplyButton } from '../protocol';

export type Tab = 'mine' | 'waiting' | 'all' | 'closed';
export type Presence = 'here' | 'pause' | 'away';
export type Role = 'operator' | 'supervisor' | 'administrator';
export type Typist = 'resident' | 'operator';
export type CloseReason = 'answered' | 'left' | 'other_channel' | 'abuse' | 'other';

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Place {
  readonly id: string;
  readonly name: string;
}

export interface Me extends Person {
  readonly login: string;
  readonly role: Role;
  /** What this person may do, in the server's words. */
  readonly permissions: readonly string[];
  /** The municipalities of which this person sees anything. */
  readonly municipalities: readonly Place[];
  /** All of the installation: a conversation may be given to any of them. */
  readonly everywhere: readonly Place[];
  readonly departments: readonly string[];
  readonly presence: Presence;
  readonly totp: boolean;
  readonly csrf: string | null;
}

export interface Summary {
  readonly id: string;
  readonly channel: string;
  readonly municipality: string;
  readonly owner: Owner;
  readonly operator: Person | null;
  readonly department: string | null;
  readonly topic: string | null;
  readonly queuedAt: string | null;
  readonly claimedAt: string | null;
  readonly lastSeq: number;
  readonly lastText: string;
  readonly lastAuthor: Author;
  readonly lastAt: string;
  readonly unread: number;
  /** The resident has had the log on screen up to this row. */
  readonly residentRead: number;
  readonly closed: { readonly reason: string; readonly topic: string; readonly at: string } | null;
  readonly cases: readonly string[];
  readonly due: string | null;
  /** Nothing can be delivered any more: the resident blocked the bot, or the channel is gone. */
  readonly unreachable: boolean;
}

export interface Guess {
  readonly intent: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** The title of the service that was found. */
  readonly service: string | null;
}

export interface Row {
  readonly seq: number;
  readonly author: Author;
  readonly text: string;
  readonly at: string;
  readonly buttons: readonly ReplyButton[];
  readonly card: Card | null;
  readonly attachments: readonly Attachment[];
  readonly lang: string | null;
  readonly nlu: Guess | null;
  readonly operator: Person | null;
  readonly clientId: string | null;
  /** The number of the row that the resident answers to, where the channel tells. */
  readonly replyTo: number | null;
}

export interface Note {
  readonly id: string;
  readonly conversation: string;
  readonly afterSeq: number;
  readonly operator: Person;
  readonly text: string;
  readonly at: string;
}

export interface CaseLine {
  readonly number: string;
  readonly kind: string;
  readonly kindWords: string;
  readonly state: string;
  readonly stateWords: string;
  readonly received: string;
  readonly charterDue: string | null;
  readonly legalDue: string | null;
  readonly overdue: boolean;
  readonly unit: string | null;
  readonly conversation: string | null;
  readonly municipality: string | null;
}

export interface CaseStep {
  readonly seq: number;
  readonly kind: string;
  readonly words: string;
  readonly at: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface CountedDay {
  readonly day: string;
  /** The last day of a pause that is told in one line; else the same day. */
  readonly until: string;
  readonly words: string;
  readonly counts: boolean;
}

export interface CaseDetail {
  readonly line: CaseLine;
  readonly description: string;
  readonly outcome: string | null;
  readonly happened: string | null;
  readonly institution: string | null;
  readonly complainedAbout: string | null;
  readonly contact: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly wantsReply: boolean;
  readonly history: readonly CaseStep[];
  readonly charterDays: readonly CountedDay[];
  readonly legalDays: readonly CountedDay[];
  readonly allowed: readonly string[];
}

export interface Task {
  readonly id: string;
  readonly kind: 'callback' | 'message';
  readonly municipality: string;
  readonly conversation: string | null;
  readonly name: string | null;
  readonly contact: string;
  readonly bestTime: string | null;
  readonly text: string;
  readonly due: string | null;
  readonly state: string;
  readonly operator: Person | null;
}

export interface Colleague extends Person {
  readonly presence: Presence;
  readonly municipalities: readonly string[];
  readonly departments: readonly string[];
}

export interface Canned {
  readonly id: string;
  /** Null for a reply that every municipality may use. */
  readonly municipality: string | null;
  readonly shortcut: string;
  readonly title: string;
  readonly text: string;
}

export interface Service {
  readonly id: string;
  readonly title: string;
  readonly card: Card | null;
}

export interface Hit {
  readonly conversation: string;
  readonly seq: number;
  readonly at: string;
  readonly author: Author;
  readonly snippet: readonly { readonly text: string; readonly hit: boolean }[];
  readonly municipality: string;
}

export interface ThreadData {
  readonly summary: Summary;
  readonly rows: readonly Row[];
  readonly notes: readonly Note[];
  readonly earlier: readonly Summary[];
  readonly cases: readonly CaseLine[];
  /** The name that the resident gave, or null. */
  readonly resident: string | null;
}

export interface Page {
  readonly items: readonly Summary[];
  readonly lastEvent: number;
}

export interface SignIn {
  readonly id: string;
  readonly created: string;
  readonly lastSeen: string;
  readonly userAgent: string;
  readonly address: string;
  readonly current: boolean;
}

export interface Account extends Person {
  readonly login: string;
  readonly role: Role;
  readonly municipalities: readonly string[];
  readonly departments: readonly string[];
  readonly disabled: boolean;
  readonly totp: boolean;
}

export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly operator: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly municipality: string | null;
  readonly address: string;
  readonly data: string;
}

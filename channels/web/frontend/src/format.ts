/** Plain text into pieces that are links or not, and times into words. Nothing here makes HTML. */

export interface TextPiece {
  readonly text: string;
  /** The address, or null for ordinary text. */
  readonly href: string | null;
}

const URL_PART = String.raw`(?:https?:\/\/|www\.)[^\s<>"„“”]+`;
const EMAIL_PART = String.raw`[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}`;
// +370 and eight digits; 8 or 0 and eight digits, written apart; the short help lines 116 xxx.
const PHONE_PART = String.raw`\+370[\s(-]*\d(?:[\s()-]*\d){7}|\(?[08][\s-]\(?\d{1,3}\)?(?:[\s-]?\d){5,7}|116\s?\d{3}`;
// 112 alone may be any number; after these words it is the one to call.
const EMERGENCY_PART = String.raw`(?:skambinkite|numeriu|telefonu|tel\.|call|звоните|numer|телефонуйте)\s+112`;
// No lookbehind for what may stand before: Safari before 16.4 cannot read it.
const LINKABLE = new RegExp(
  String.raw`(?:^|[^\p{L}\d@/.+-])(?:(?<url>${URL_PART})|(?<email>${EMAIL_PART})|(?<phone>${PHONE_PART})|(?<sos>${EMERGENCY_PART}))`,
  'giu',
);
const NATIONAL_LENGTH = 9;

/** The number for a `tel:` address, or null when the digits are no Lithuanian number. */
function dialled(written: string): string | null {
  const digits = written.replace(/\D/g, '');
  if (written.startsWith('+')) return `+${digits}`;
  if (/^116\d{3}$/.test(digits)) return digits;
  return digits.length === NATIONAL_LENGTH ? `+370${digits.slice(1)}` : null;
}

/** An http(s) address without hidden credentials ("https://trakai.lt@evil.example"), else null. */
export function safeUrl(address: string): string | null {
  try {
    const url = new URL(address.startsWith('www.') ? `https://${address}` : address);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    return web && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}

/** As `safeUrl`, and e-mail and telephone addresses too. */
export function safeLink(address: string): string | null {
  return /^(?:mailto|tel):[^\s]+$/i.test(address) ? address : safeUrl(address);
}

/** The host of an address as people read it; null when it has none (mailto, tel). */
export function hostOf(address: string): string | null {
  const url = safeUrl(address);
  return url === null ? null : new URL(url).host.replace(/^www\./, '');
}

/** Without the punctuation that ends a sentence; a closing bracket stays when its opening one is inside. */
function withoutTail(url: string): string {
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1);
    const kept = url.slice(0, end);
    const closesOwn = last === ')' && kept.split('(').length >= kept.split(')').length;
    if (closesOwn || !/[.,;:!?)\]'’…]/.test(last)) break;
  }
  return url.slice(0, end);
}

function linkFor(groups: Readonly<Record<string, string | undefined>>): TextPiece | null {
  const { url, email, phone, sos } = groups;
  if (url !== undefined) {
    const shown = withoutTail(url);
    const href = safeUrl(shown);
    return href === null ? null : { text: shown, href };
  }
  if (email !== undefined) return { text: email, href: `mailto:${email}` };
  if (phone !== undefined) {
    const number = dialled(phone);
    return number === null ? null : { text: phone, href: `tel:${number}` };
  }
  return sos === undefined ? null : { text: '112', href: 'tel:112' };
}

/** The text in order, cut where web addresses, e-mail addresses and telephone numbers begin and end. */
export function linkify(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const match of text.matchAll(LINKABLE)) {
    const link = linkFor(match.groups ?? {});
    if (link === null) continue;
    const start = text.indexOf(link.text, match.index);
    if (/^\d/.test(text.slice(start + link.text.length)) && link.href?.startsWith('tel:')) continue;
    if (start > done) pieces.push({ text: text.slice(done, start), href: null });
    pieces.push(link);
    done = start + link.text.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), href: null });
  return pieces;
}

/** How many characters the server will count: code points of the trimmed text. */
export function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}

/** "10:24" in the reader's own time zone; empty for a time that cannot be read. */
export function clock(at: string, locale: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(time);
}

/** The calendar day as a key, "2026-11-21", in the reader's own time zone; empty when it cannot be read. */
export function dayKey(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  const month = String(time.getMonth() + 1).padStart(2, '0');
  return `${time.getFullYear()}-${month}-${String(time.getDate()).padStart(2, '0')}`;
}

export interface DayWords {
  readonly today: string;
  readonly yesterday: string;
}

/** "Šiandien", "Vakar", or the date in words. */
export function dayName(at: string, now: Date, locale: string, words: DayWords): string {
  const key = dayKey(at);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (key === dayKey(now.toISOString())) return words.today;
  if (key === dayKey(yesterday.toISOString())) return words.yesterday;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(at));
}

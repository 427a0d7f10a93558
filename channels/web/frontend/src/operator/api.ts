/** The console's HTTP side: JSON with the session's cookie and its CSRF token; failures carry the server's words. */

import { isFields, text } from '../fields';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

const API = '/operator/api';

/** `status` 0 = there was no answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get expired(): boolean {
    return this.status === 401;
  }

  get offline(): boolean {
    return this.status === 0;
  }
}

/** "?tab=mine&…" of the fields that say something. */
export function queryString(query: Query): string {
  const pairs = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  );
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`;
}

export class Api {
  /** From the sign-in; a cookie alone changes nothing on the server. */
  token: string | null = null;

  constructor(
    private readonly fetch: Fetch,
    /** Told once an answer says that the session is over. */
    private readonly onExpired: () => void,
  ) {}

  get(path: string, query: Query = {}): Promise<unknown> {
    return this.request('GET', path + queryString(query));
  }

  post(path: string, body: unknown = {}): Promise<unknown> {
    return this.request('POST', path, body);
  }

  patch(path: string, body: unknown): Promise<unknown> {
    return this.request('PATCH', path, body);
  }

  delete(path: string, body?: unknown): Promise<unknown> {
    return this.request('DELETE', path, body);
  }

  private async request(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET' && this.token !== null) headers['X-CSRF-Token'] = this.token;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await this.reach(API + path, init);
    const value = await bodyOf(response);
    if (response.ok) return value;
    const error = failure(response.status, value);
    if (error.expired) this.onExpired();
    throw error;
  }

  private async reach(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.fetch(path, init);
    } catch {
      throw new ApiError(0, 'offline', '');
    }
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function failure(status: number, value: unknown): ApiError {
  const error = isFields(value) && isFields(value.error) ? value.error : {};
  return new ApiError(status, text(error.code) ?? 'internal', text(error.message) ?? '');
}

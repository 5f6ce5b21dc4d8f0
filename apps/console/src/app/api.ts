import { Problem } from './problem.js';
import { currentSession, forgetKey } from './session.js';

type QueryValue = string | number | undefined;

export interface Asking {
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly signal?: AbortSignal;
}

/** `Authorization` for the node, `tutela-actor` for the record. */
const credentials = (): Record<string, string> => {
  const { key, person } = currentSession();
  return {
    ...(key !== null && { authorization: `Bearer ${key}` }),
    ...(person !== null && { 'tutela-actor': person }),
  };
};

const addressOf = (path: string, query: Asking['query'] = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

/**
 * One request to the node, answered with its response.
 * @throws Problem for every answer that is none, and when nothing answers
 */
export const request = async (path: string, { query, signal }: Asking, sent: RequestInit = {}): Promise<Response> => {
  const headers = { ...credentials(), ...(sent.headers as Record<string, string> | undefined) };
  const answer = await fetch(addressOf(path, query), { ...sent, headers, ...(signal && { signal }) }).catch((error) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'unreachable');
  });
  if (answer.ok) return answer;
  if (answer.status === 401) forgetKey();
  throw await problemIn(answer);
};

const problemIn = async (answer: Response): Promise<Problem> => {
  const body = (await answer.json().catch(() => ({}))) as {
    readonly code?: string;
    readonly detail?: string;
    readonly message?: string;
    readonly instance?: string;
  };
  const detail = body.detail ?? body.message;
  return new Problem(answer.status, body.code ?? 'unknown', {
    ...(detail !== undefined && { detail }),
    ...(body.instance !== undefined && { instance: body.instance }),
  });
};

/** `GET`: `Body` is the static type of the route's schema (`import type … from '@tutela/…-desk/api'`). */
export const read = async <Body>(path: string, asking: Asking = {}): Promise<Body> =>
  (await request(path, asking)).json() as Promise<Body>;

const sendAs = async (method: 'POST' | 'PUT', path: string, body: object, asking: Asking): Promise<Response> =>
  request(path, asking, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

/** `POST` with JSON. */
export const send = async <Body>(path: string, body: object, asking: Asking = {}): Promise<Body> =>
  (await sendAs('POST', path, body, asking)).json() as Promise<Body>;

/** `PUT` with JSON: in place of what is there. */
export const put = async <Body>(path: string, body: object, asking: Asking = {}): Promise<Body> =>
  (await sendAs('PUT', path, body, asking)).json() as Promise<Body>;

/** `DELETE`: takes away what stands at an address. */
export const remove = (path: string): Promise<Response> => request(path, {}, { method: 'DELETE' });

/** `POST` with JSON that is answered with nothing, or with what is no JSON, such as a picture. */
export const sendFor = (path: string, body: object, asking: Asking = {}): Promise<Response> =>
  sendAs('POST', path, body, asking);

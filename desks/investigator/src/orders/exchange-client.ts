import { type AnswerDocument, type OrderState, readAnswerDocument, readOrderState } from '@tutela/attribution/exchange';
import { done, failed, type Outcome, refused } from '@tutela/core';

/** Where a provider's exchange is, and the credential that it issued to this agency. */
export interface ExchangeAddress {
  readonly baseUrl: string;
  readonly credential: string;
}

/** `unreachable`: nothing or nonsense came back, try again; `turned-down`: the provider says no, and will again. */
export type ExchangeFault = 'unreachable' | 'turned-down';

const patienceMs = 30_000;
/** Answers to ten thousand observations stay below it. */
const greatestBody = 64 << 20;

/** Hands an order over. The same order again is the same order there. */
export const postOrder = (address: ExchangeAddress, document: string): Promise<Outcome<OrderState, ExchangeFault>> =>
  asked(address, '/attribution/v1/orders', document, (body) => readOrderState(body));

export const getOrderState = (address: ExchangeAddress, id: string): Promise<Outcome<OrderState, ExchangeFault>> =>
  asked(address, `/attribution/v1/orders/${encodeURIComponent(id)}`, undefined, (body) => readOrderState(body));

/** The answers, and their bytes as they came. */
export const getAnswers = (
  address: ExchangeAddress,
  id: string,
): Promise<Outcome<{ readonly document: AnswerDocument; readonly bytes: Buffer }, ExchangeFault>> =>
  asked(address, `/attribution/v1/orders/${encodeURIComponent(id)}/answer`, undefined, (body, bytes) => {
    const read = readAnswerDocument(body);
    return read.kind === 'done' ? done({ document: read.value, bytes }) : read;
  });

const asked = async <T>(
  { baseUrl, credential }: ExchangeAddress,
  path: string,
  body: string | undefined,
  read: (body: unknown, bytes: Buffer) => Outcome<T>,
): Promise<Outcome<T, ExchangeFault>> => {
  const headers = { authorization: `Bearer ${credential}`, accept: 'application/json' };
  const sent = body === undefined ? { headers } : { headers: { ...headers, 'content-type': 'application/json' }, body };
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}`, {
      ...sent,
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    const bytes = await bodyOf(response);
    if (!response.ok) return faultOf(response.status, bytes);
    const outcome = read(JSON.parse(bytes.toString('utf8')), bytes);
    return outcome.kind === 'done' ? outcome : failed('unreachable', 'what came back is not of the exchange');
  } catch {
    return failed('unreachable', 'the provider cannot be reached');
  }
};

const bodyOf = async (response: Response): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > greatestBody) throw new RangeError('the body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** A problem is the asker's for good, but for time, rate and a credential that can be put right. */
const faultOf = (status: number, bytes: Buffer): Outcome<never, ExchangeFault> => {
  const again = status >= 500 || status === 429 || status === 408 || status === 401 || status === 409;
  const code = /"code"\s*:\s*"([a-z-]{1,60})"/.exec(bytes.toString('utf8', 0, 2000))?.[1] ?? `status-${status}`;
  return again ? failed('unreachable', code) : refused('turned-down', code);
};

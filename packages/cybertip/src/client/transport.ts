import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a request carries. `length` in bytes; absent for a stream of unknown length (sent in chunks). */
export interface Body {
  readonly contentType: string;
  readonly length?: number;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface Exchange {
  readonly status: number;
  readonly contentType: string | undefined;
  /** The clearinghouse's own number for this request, to be quoted when asking for help. */
  readonly requestId: string | undefined;
  readonly body: Uint8Array;
}

/**
 * No answer came. `effect` says what may have happened there: `none` when nothing can have arrived, `unknown` when the
 * request was under way, so that it may have been carried out.
 */
export interface Lost {
  readonly effect: 'none' | 'unknown';
  readonly code: 'unreachable' | 'timeout' | 'connection-lost' | 'source-failed' | 'answer-too-large';
  readonly message: string;
}

export interface TransportOptions {
  readonly authorization: string;
  /** Longest silence on the connection, and longest time from the request's end to the answer's, milliseconds. */
  readonly timeoutMs: number;
}

const longestAnswer = 16 * 2 ** 20;

/** One request and its whole answer; nothing is retried. */
export const exchange = async (
  method: 'GET' | 'POST',
  url: URL,
  body: Body | undefined,
  { authorization, timeoutMs }: TransportOptions,
): Promise<Exchange | Lost> => {
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method,
    headers: { authorization, accept: 'application/xml, text/xml', ...contentHeaders(body) },
    timeout: timeoutMs,
    // A connection kept from an earlier call may have been closed over there: the request would be lost on it, and with
    // it the knowledge whether it was carried out. Each call opens its own.
    agent: false,
  });
  let connected = false;
  request.on('socket', (socket) => {
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
  });
  let late: TimedOut | undefined;
  const giveUp = (): void => {
    late = new TimedOut();
    request.destroy(late);
  };
  request.on('timeout', giveUp);
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
    request.once('close', () => reject(new Error('the connection was closed without an answer')));
  });
  const source = Readable.from(watched(body?.bytes ?? []), { objectMode: false });
  // An answer may come before the body is through (a refusal): then the rest of the body no longer matters.
  const sent = pipeline(source, request).catch((error: unknown) => error);
  // An answer that drips is never silent and never there.
  let deadline: NodeJS.Timeout | undefined;
  request.once('finish', () => {
    deadline = setTimeout(giveUp, timeoutMs).unref();
  });
  try {
    const response = await answer;
    const received = await collect(response);
    source.destroy();
    if (received === undefined) {
      request.destroy();
      return { effect: 'unknown', code: 'answer-too-large', message: `the answer exceeds ${longestAnswer} bytes` };
    }
    return {
      status: response.statusCode ?? 0,
      contentType: response.headers['content-type'],
      requestId: headerText(response.headers['request-id']),
      body: received,
    };
  } catch (error) {
    request.destroy();
    source.destroy();
    const cause = await sent;
    return lost(cause instanceof SourceFailed ? cause : (late ?? error), connected);
  } finally {
    clearTimeout(deadline);
  }
};

class TimedOut extends Error {}
class SourceFailed extends Error {}

/** Tells a failing file from a failing connection: both end the same pipeline. */
async function* watched(bytes: Body['bytes']): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new SourceFailed(messageOf(error));
  }
}

const lost = (error: unknown, connected: boolean): Lost => {
  const effect = connected ? 'unknown' : 'none';
  // A body that broke off is never a whole request: the server cannot have carried it out.
  if (error instanceof SourceFailed) return { effect: 'none', code: 'source-failed', message: error.message };
  if (error instanceof TimedOut) return { effect, code: 'timeout', message: 'no answer in time' };
  return { effect, code: connected ? 'connection-lost' : 'unreachable', message: messageOf(error) };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error');

const contentHeaders = (body: Body | undefined): Record<string, string | number> =>
  body === undefined
    ? {}
    : {
        'content-type': body.contentType,
        ...(body.length === undefined ? {} : { 'content-length': body.length }),
      };

const collect = async (response: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestAnswer) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headerText = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

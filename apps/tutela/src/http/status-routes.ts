import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@tutela/core';
import type { FastifyPluginAsync } from 'fastify';

export interface StatusDeps {
  readonly status: () => Promise<JsonObject>;
  /** Begins to watch what changes: each call tells what did since the one before. Left out: nobody tells. */
  readonly watchChanges?: () => () => Promise<readonly object[]>;
  /** Milliseconds between two looks while somebody watches. */
  readonly everyMs?: number;
}

/** A line at least so often, so that a watcher notices a connection that is gone. */
const heartbeatMs = 15_000;

/**
 * `GET /status`: one document. `GET /status/stream`: the document now and whenever it changes, as server-sent events
 * (WHATWG HTML §9.2), and with each look that finds any an event `changed`:
 * `{"changes": [{"topic": "investigator.pass", "id": "…", "caseRef": "…"}]}`. After a break, ask for all that is shown again:
 * what changed in between is not told.
 */
export const statusRoutes =
  ({ status, watchChanges, everyMs = 1000 }: StatusDeps): FastifyPluginAsync =>
  async (server) => {
    const ending = new AbortController();
    server.addHook('preClose', async () => ending.abort());
    const look = sharedFor(everyMs / 2, status);
    server.get('/status', () => status());
    server.get('/status/stream', async (_, reply) =>
      reply
        .type('text/event-stream')
        .send(Readable.from(watch({ look, everyMs, changes: watchChanges?.() ?? nothingChanges }, ending.signal))),
    );
  };

const nothingChanges = async (): Promise<readonly object[]> => [];

interface Watched {
  readonly look: () => Promise<JsonObject>;
  readonly changes: () => Promise<readonly object[]>;
  readonly everyMs: number;
}

async function* watch({ look, changes, everyMs }: Watched, signal: AbortSignal): AsyncGenerator<string> {
  let last = '';
  let saidAt = 0;
  while (!signal.aborted) {
    // A status that cannot be told ends the stream; the page says so and asks again.
    const changed = await changes();
    if (changed.length > 0) yield `event: changed\ndata: ${JSON.stringify({ changes: changed })}\n\n`;
    const text = JSON.stringify(await look());
    if (text !== last) yield `data: ${text}\n\n`;
    else if (performance.now() - saidAt > heartbeatMs) yield ': still here\n\n';
    else {
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      continue;
    }
    last = text;
    saidAt = performance.now();
  }
}

/** Watchers share one look. */
const sharedFor = <T>(milliseconds: number, look: () => Promise<T>): (() => Promise<T>) => {
  let latest: { readonly at: number; readonly value: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (latest === undefined || now - latest.at > milliseconds) latest = { at: now, value: look() };
    return latest.value;
  };
};

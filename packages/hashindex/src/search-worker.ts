import { parentPort } from 'node:worker_threads';
import { batchNeedles } from './job.js';
import { hashBytes } from './layout.js';
import type { SearchReply, SearchRequest } from './search-message.js';
import { newCounters, type SegmentSearcher, segmentSearcher } from './search-segment.js';

const wordsPerHit = 4;

/** A search thread: keeps the segments it was told of until a request no longer names them. */
const answer = (searchers: Map<string, SegmentSearcher>, request: SearchRequest): SearchReply => {
  for (const segment of request.fresh) searchers.set(segment.id, segmentSearcher(segment));
  for (const id of searchers.keys()) if (!request.segments.includes(id)) searchers.delete(id);
  const counters = newCounters();
  const parts: Uint32Array[] = [];
  for (const id of request.segments) {
    for (let first = 0; first < request.needles.length / hashBytes; first += batchNeedles) {
      const needles = request.needles.subarray(first * hashBytes, (first + batchNeedles) * hashBytes);
      searchers.get(id)!.search({ ...request, needles }, counters, (hits, part) => {
        const copy = hits.slice();
        for (let at = 0; at < copy.length; at += wordsPerHit) copy[at]! += first + part;
        parts.push(copy);
      });
    }
  }
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return { hits: all, counters };
};

const searchers = new Map<string, SegmentSearcher>();
parentPort?.on('message', (request: SearchRequest) => {
  const reply = answer(searchers, request);
  parentPort?.postMessage(reply, [reply.hits.buffer as ArrayBuffer]);
});

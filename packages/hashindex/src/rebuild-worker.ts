import { parentPort, workerData } from 'node:worker_threads';
import { liveRows } from './rows.js';
import { buildSegments, rowsOf, type Segment } from './segment.js';

/** A thread that builds full segments from the live rows of others and ends. */
const segments = workerData as readonly Segment[];
parentPort?.postMessage(
  buildSegments(
    segments.flatMap((segment) => liveRows(rowsOf(segment))),
    'permuted',
  ),
);

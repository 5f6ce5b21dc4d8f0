import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { compareRecords, isLogRecord, type LogItem } from '@tutela/attribution';

/** Items of one frame; a merge holds one frame of each chunk. */
const frameItems = 2048;

/** When an item happened; facts of a moment come before its records, as a restart ends what began before it. */
export const timeOf = (item: LogItem): number => {
  if (isLogRecord(item)) return item.tDevice;
  if ('at' in item) return item.at;
  return 'hour' in item ? item.hour : item.from;
};

/** One order for all items, whatever order they came in. */
const compareItems = (one: LogItem, other: LogItem): number => {
  const byTime = timeOf(one) - timeOf(other);
  if (byTime !== 0) return byTime;
  if (isLogRecord(one)) return isLogRecord(other) ? compareRecords(one, other) : 1;
  if (isLogRecord(other)) return -1;
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Writes items in order as one durable file. They hold what the log says, identities too: the folder is private. */
export const writeChunk = (path: string, items: readonly LogItem[]): void => {
  const sorted = [...items].sort(compareItems);
  const file = openSync(path, 'w', 0o600);
  for (let at = 0; at < sorted.length; at += frameItems) {
    const frame = serialize(sorted.slice(at, at + frameItems));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(frame.length);
    writeSync(file, length);
    writeSync(file, frame);
  }
  fsyncSync(file);
  closeSync(file);
};

function* readChunk(path: string): Generator<LogItem, void> {
  const file = openSync(path, 'r');
  try {
    const length = Buffer.alloc(4);
    while (readSync(file, length, 0, 4, null) === 4) {
      const frame = Buffer.alloc(length.readUInt32LE());
      for (let read = 0; read < frame.length; ) read += readSync(file, frame, read, frame.length - read, null);
      yield* deserialize(frame) as LogItem[];
    }
  } finally {
    closeSync(file);
  }
}

/** All items of all chunks in their one order. */
export function* mergeChunks(paths: readonly string[]): Generator<LogItem, void> {
  const heap: { readonly item: LogItem; readonly from: Generator<LogItem, void> }[] = [];
  const less = (a: number, b: number): boolean => compareItems(heap[a]!.item, heap[b]!.item) < 0;
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  const down = (start: number): void => {
    for (let at = start; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && less(child, least)) least = child;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  for (const path of paths) {
    const from = readChunk(path);
    const first = from.next();
    if (first.done !== true) heap.push({ item: first.value, from });
  }
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) down(at);
  while (heap.length > 0) {
    const { item, from } = heap[0]!;
    yield item;
    const next = from.next();
    if (next.done !== true) heap[0] = { item: next.value, from };
    else {
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
    }
    down(0);
  }
}

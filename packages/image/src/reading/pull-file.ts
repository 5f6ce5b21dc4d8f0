import type { Outcome } from '@tutela/core';
import { type FileCode, type FileReading, readImageFile } from './read-file.js';

/** A file that its reader draws at its own pace. */
export interface FilePull {
  /** Fills the room from its start; short only at the end, 0 there. Not to be called again before it has answered. */
  readonly read: (room: Buffer) => Promise<number>;
  /** How it ended: what was drawn stands only when it is done. Stops the tool where not all was drawn. */
  readonly end: () => Promise<Outcome<{ readonly bytes: number }, FileCode>>;
}

/** `readImageFile` for those who ask for bytes instead of being handed them. The tool begins with the first `read`. */
export const pullImageFile = (reading: Omit<FileReading, 'receive'>): FilePull => {
  const stop = new AbortController();
  const { deps } = reading.image;
  const either = deps.stop === undefined ? stop.signal : AbortSignal.any([deps.stop, stop.signal]);
  const image = { ...reading.image, deps: { ...deps, stop: either } };
  let begun: Promise<Outcome<{ readonly bytes: number }, FileCode>> | undefined;
  let state: 'flowing' | 'left' | 'ended' = 'flowing';
  let drawn = 0;
  let held: Buffer = Buffer.alloc(0);
  let wakeReader = (): void => undefined;
  let wakeTool = (): void => undefined;
  const begin = () => {
    begun ??= readImageFile({
      ...reading,
      image,
      receive: (piece) =>
        new Promise<void>((resolve) => {
          // What was on its way when the reader left.
          if (state === 'left') return resolve();
          held = piece;
          wakeTool = resolve;
          wakeReader();
        }),
    }).finally(() => {
      state = 'ended';
      wakeReader();
    });
    return begun;
  };
  // A fault of the tool is told by `end`; one of ours is thrown there too.
  const start = (): void => void begin().catch(() => undefined);
  return {
    read: async (room) => {
      start();
      let filled = 0;
      while (filled < room.length) {
        if (held.length === 0) {
          if (state !== 'flowing') break;
          const more = new Promise<void>((resolve) => {
            wakeReader = resolve;
          });
          wakeTool();
          await more;
          continue;
        }
        const copied = held.copy(room, filled);
        held = held.subarray(copied);
        filled += copied;
      }
      drawn += filled;
      return filled;
    },
    end: () => {
      if (drawn < reading.entry.size) stop.abort();
      if (state === 'flowing') state = 'left';
      wakeTool();
      return begin();
    },
  };
};

import { describe, expect, test } from 'vitest';
import { inUtc, readAll, samples } from './samples.test-support.js';

const runs = process.env.TUTELA_LONG === '1' ? 10_000 : 500;
const all = await samples();

/** A small generator of its own, so that a failing input has a number by which it comes again. */
const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
};

const telling = [
  '\n',
  '\r\n',
  '"',
  '[',
  ']',
  '{',
  '}',
  ' ',
  '\0',
  '999999999999',
  '-1',
  '::',
  '0.0.0.0',
  ',',
  '\n\n',
  '\xff',
];

const mutate = (bytes: Buffer, seed: number): Buffer => {
  const next = numbersFrom(seed);
  let text = bytes.toString('latin1');
  for (let count = 1 + next(6); count > 0; count--) {
    const at = next(text.length + 1);
    const until = Math.min(text.length, at + next(40));
    const kind = next(5);
    if (kind === 0) text = text.slice(0, at) + String.fromCharCode(next(256)) + text.slice(at + 1);
    else if (kind === 1) text = text.slice(0, at) + text.slice(until);
    else if (kind === 2) text = text.slice(0, until) + text.slice(at);
    else if (kind === 3) text = text.slice(0, at) + telling[next(telling.length)]! + text.slice(at);
    else text = text.slice(0, at) + text.slice(until) + text.slice(at, until);
  }
  return Buffer.from(text, 'latin1');
};

const linesIn = (bytes: Buffer): number => {
  let lines = 0;
  for (const byte of bytes) if (byte === 10) lines++;
  return bytes.length > 0 && bytes.at(-1) !== 10 ? lines + 1 : lines;
};

describe.each(all.map(({ format, bytes }) => ({ name: format.name, format, bytes })))('$name', ({ format, bytes }) => {
  test(`${runs} mutated inputs: nothing breaks, no line goes uncounted`, async () => {
    for (let seed = 1; seed <= runs; seed++) {
      const input = mutate(bytes, seed);
      const size = 1 + (seed % 700);
      const log = await readAll(format, input, {
        size,
        declaration: { ...inUtc, exporterFrom: seed % 2 === 0 ? 'line' : 'declaration' },
      });
      const { tally } = log;
      const ignored = Object.values(tally.ignored).reduce((sum, lines) => sum + lines, 0);
      const rejected = log.rejects.reduce((sum, reject) => sum + reject.lines, 0);
      expect({ seed, lines: tally.recorded + tally.rejected + ignored }).toEqual({ seed, lines: tally.lines });
      expect({ seed, rejected }).toEqual({ seed, rejected: tally.rejected });
      if (log.refusal === undefined) expect({ seed, lines: tally.lines }).toEqual({ seed, lines: linesIn(input) });
      for (const record of log.records) {
        const { outside, tDevice } = record;
        const sound =
          Number.isSafeInteger(tDevice) &&
          (outside === undefined ||
            (outside.portFirst >= 0 &&
              outside.portFirst <= outside.portLast &&
              outside.portLast <= 65_535 &&
              outside.ip4 >= 0 &&
              outside.ip4 <= 0xffffffff));
        expect({ seed, sound }).toEqual({ seed, sound: true });
      }
    }
  });
});

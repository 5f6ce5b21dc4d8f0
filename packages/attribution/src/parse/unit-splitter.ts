import type { RawPlace } from '../record/log-record.js';
import type { LineFault, StanzaFraming } from './line-reader.js';

/** One line, or the lines of one stanza. `text` has one character a byte and no line end at its end. */
export interface LogUnit {
  readonly text: string;
  readonly place: RawPlace;
  readonly lines: number;
  /** Set where framing alone shows that the unit cannot be read. */
  readonly fault: LineFault | undefined;
  /** The unit as it stood in the input, at most `keptBytes` of it. */
  readonly bytes: () => Uint8Array;
}

export interface UnitSplitter {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
  /** The first byte and line that no unit took yet. */
  readonly position: () => { readonly offset: number; readonly line: number };
}

const keptBytes = 8192;
const longestLine = 65_536;
const longestStanza = 1_048_576;
const newline = 10;
const carriageReturn = 13;

/**
 * Cuts a stream into units, whatever the chunks are. Memory is bounded by the longest unit: the rest of a longer one
 * is skipped and reported. A last line without line end may be half a line, and half a port is another port: truncated.
 */
export const unitSplitter = (
  stanza: StanzaFraming | undefined,
  take: (unit: LogUnit) => void,
  from: { readonly offset: number; readonly line: number },
): UnitSplitter => {
  const longest = stanza === undefined ? longestLine : longestStanza;
  let { offset, line } = from;
  let carry: Buffer = Buffer.alloc(0);
  /** Of a unit that is too long: what was skipped so far. */
  let skipped: { bytes: number; head: Uint8Array } | undefined;

  const give = (data: Buffer, start: number, end: number, next: number, lines: number, fault?: LineFault): void => {
    const place: RawPlace = { offset, length: next - start, line };
    const bytes = (): Uint8Array => Uint8Array.prototype.slice.call(data, start, Math.min(end, start + keptBytes));
    take({ text: fault === undefined ? data.toString('latin1', start, end) : '', place, lines, fault, bytes });
    offset += next - start;
    line += lines;
  };

  const cutLines = (data: Buffer): number => {
    let start = 0;
    for (let end = data.indexOf(newline, start); end >= 0; end = data.indexOf(newline, start)) {
      const text = end > start && data[end - 1] === carriageReturn ? end - 1 : end;
      give(data, start, text, end + 1, 1, end - start > longestLine ? 'LINE_TOO_LONG' : undefined);
      start = end + 1;
    }
    return start;
  };

  const cutStanzas = (data: Buffer, framing: StanzaFraming): number => {
    let start = 0;
    let from = 0;
    let depth = 0;
    let lines = 0;
    for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline, from)) {
      const textEnd = end > from && data[end - 1] === carriageReturn ? end - 1 : end;
      const next = framing.step(data.toString('latin1', from, textEnd), depth);
      if (next.step === 'before') {
        give(data, start, from - 1, from, lines);
        start = from;
        depth = 0;
        lines = 0;
        continue;
      }
      lines++;
      from = end + 1;
      depth = next.depth;
      if (next.step !== 'inside') {
        give(data, start, textEnd, from, lines);
        start = from;
        depth = 0;
        lines = 0;
      }
    }
    return start;
  };

  /** Goes on skipping a unit that is too long; @returns what follows its line end. */
  const skip = (data: Buffer, over: { bytes: number; head: Uint8Array }): Buffer => {
    const end = data.indexOf(newline);
    over.bytes += end < 0 ? data.length : end + 1;
    if (end < 0) return Buffer.alloc(0);
    giveSkipped(over, 1);
    return data.subarray(end + 1);
  };
  const giveSkipped = (over: { bytes: number; head: Uint8Array }, lines: number): void => {
    take({
      text: '',
      place: { offset, length: over.bytes, line },
      lines,
      fault: 'LINE_TOO_LONG',
      bytes: () => over.head,
    });
    offset += over.bytes;
    line += lines;
    skipped = undefined;
  };

  const push = (chunk: Uint8Array): void => {
    let data =
      carry.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        : Buffer.concat([carry, chunk]);
    carry = Buffer.alloc(0);
    if (skipped !== undefined) data = skip(data, skipped);
    const used = stanza === undefined ? cutLines(data) : cutStanzas(data, stanza);
    const rest = data.subarray(used);
    if (rest.length <= longest) {
      carry = Buffer.from(rest);
      return;
    }
    // A stanza too long is given up line by line, so that what follows it is found again.
    const firstEnd = stanza === undefined ? -1 : rest.indexOf(newline);
    if (firstEnd >= 0 && firstEnd <= longestLine) {
      give(rest, 0, firstEnd, firstEnd + 1, 1, 'LINE_TOO_LONG');
      push(rest.subarray(firstEnd + 1));
      return;
    }
    skipped = { bytes: rest.length, head: Uint8Array.prototype.slice.call(rest, 0, keptBytes) };
  };

  return {
    push,
    end: () => {
      if (skipped !== undefined) giveSkipped(skipped, 1);
      if (carry.length === 0) return;
      const ends = countLines(carry);
      give(carry, 0, carry.length, carry.length, ends, 'TRUNCATED');
      carry = Buffer.alloc(0);
    },
    position: () => ({ offset, line }),
  };
};

const countLines = (data: Buffer): number => {
  let lines = data.at(-1) === newline ? 0 : 1;
  for (let at = data.indexOf(newline); at >= 0; at = data.indexOf(newline, at + 1)) lines++;
  return lines;
};

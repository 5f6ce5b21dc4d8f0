import { fromUtf8 } from '../format/canonical-file.js';
import { joined } from './digesting.js';

/** A line without its line feed; `text` is absent when it is not valid UTF-8, longer than allowed, or has no line feed. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text?: string;
  readonly why?: string;
}

const lineFeed = 0x0a;

/** Lines of bytes that come in pieces; holds one line. What is too long is told once and passed over. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(lineFeed); to >= 0; to = chunk.indexOf(lineFeed, from)) {
      const part = chunk.subarray(from, to);
      length += part.length;
      yield length > mostBytes ? tooLong(number, mostBytes) : lineFrom(number, [...kept, part], length);
      number++;
      kept = [];
      length = 0;
      from = to + 1;
    }
    length += chunk.length - from;
    // Copied, since a reader may use its buffer again.
    if (length <= mostBytes) kept.push(Uint8Array.from(chunk.subarray(from)));
    else kept = [];
  }
  if (length > 0) yield { number, why: 'it does not end in a line feed' };
}

const tooLong = (number: number, mostBytes: number): Line => ({ number, why: `it is longer than ${mostBytes} bytes` });

const lineFrom = (number: number, parts: readonly Uint8Array[], length: number): Line => {
  const text = fromUtf8(parts.length === 1 ? (parts[0] as Uint8Array) : joined(parts, length));
  return text === undefined ? { number, why: 'it is not valid UTF-8' } : { number, text };
};

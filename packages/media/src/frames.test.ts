import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, frameHead, frameReader, frameWords } from './frames.js';

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const frame = fc.record<Frame>({
  words: fc.array(word, { minLength: frameWords, maxLength: frameWords }),
  body: fc.uint8Array({ maxLength: 200 }),
});
const written = (frames: readonly Frame[]): Uint8Array =>
  Buffer.concat(frames.flatMap(({ words, body }) => [frameHead(words, body.length), body]));

describe('frames on a pipe', () => {
  it('come out as they went in, wherever the pipe cuts them', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat(60)), (frames, cuts) => {
        const arrived: Frame[] = [];
        const read = frameReader(200, (each) => arrived.push(each));
        let rest = written(frames);
        for (const cut of cuts) {
          read(rest.subarray(0, cut));
          rest = rest.subarray(cut);
        }
        expect(read(rest)).toBe('sound');
        expect(arrived).toEqual(frames);
      }),
    );
  });

  it('are broken for good once one announces more than the limit', () => {
    const arrived: Frame[] = [];
    const read = frameReader(10, (each) => arrived.push(each));
    expect(read(frameHead([1], 11))).toBe('broken');
    expect(read(written([{ words: [2], body: new Uint8Array(1) }]))).toBe('broken');
    expect(arrived).toEqual([]);
  });
});

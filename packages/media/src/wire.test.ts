import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCodes, decodeModes } from './outcomes.js';
import { pictureTypes } from './picture-type.js';
import {
  fits,
  longestScreenSide,
  type Reply,
  type Request,
  replyOf,
  replyWords,
  requestOf,
  requestWords,
} from './wire.js';

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const side = fc.integer({ min: 1, max: longestScreenSide });

describe('the language of the decoder process', () => {
  it('carries every request', () => {
    const request = fc.record<Request>({
      id: word,
      mode: fc.constantFrom(...decodeModes),
      type: fc.constantFrom(...pictureTypes),
    });
    const look = fc.record({
      side: fc.integer({ min: 1, max: longestScreenSide }),
      tone: fc.constantFrom('colour' as const, 'grey' as const),
      blur: fc.nat(1000).map((tenths) => tenths / 10),
    });
    const forEyes = fc.record<Request>({
      id: word,
      mode: fc.constant('screen' as const),
      type: fc.constantFrom(...pictureTypes),
      look,
    });
    fc.assert(
      fc.property(fc.oneof(request, forEyes), (each) => {
        expect(requestOf({ words: requestWords(each), body: new Uint8Array() })).toEqual(each);
      }),
    );
  });

  it('carries every reply', () => {
    const picture = fc.record({
      kind: fc.constant('picture' as const),
      id: word,
      width: side,
      height: side,
      storedWidth: fc.integer({ min: 1, max: 0xffff_ffff }),
      storedHeight: fc.integer({ min: 1, max: 0xffff_ffff }),
      channels: fc.constantFrom('one' as const, 'several' as const),
      integrity: fc.constantFrom('whole' as const, 'damaged' as const),
    });
    const refusal = fc.record({
      kind: fc.constant('refusal' as const),
      id: word,
      code: fc.constantFrom(...decodeCodes),
    });
    fc.assert(
      fc.property(fc.oneof(picture, refusal), (reply: Reply) => {
        const body = new Uint8Array(reply.kind === 'picture' ? 3 * reply.width * reply.height : 5);
        expect(replyOf({ words: replyWords(reply), body })).toEqual(reply);
      }),
      { numRuns: 50 },
    );
  });

  it('has no reply for pixels that do not fill their picture, sizes beyond the mode, unknown codes and kinds', () => {
    const body = new Uint8Array(3 * 10 * 10);
    expect(replyOf({ words: [1, 1, 0, 10, 10, 10, 10], body })).toMatchObject({ width: 10 });
    expect(replyOf({ words: [1, 1, 0, 10, 11, 10, 10], body })).toBeUndefined();
    expect(replyOf({ words: [1, 1, 0, 0, 0, 10, 10], body: new Uint8Array() })).toBeUndefined();
    expect(replyOf({ words: [1, 1, 0, 10, 10, 0, 10], body })).toBeUndefined();
    expect(replyOf({ words: [1, 1, 4, 10, 10, 10, 10], body })).toBeUndefined();
    const beyond = longestScreenSide + 1;
    const wide = new Uint8Array(3 * beyond);
    expect(replyOf({ words: [1, 1, 0, beyond, 1, beyond, 1], body: wide })).toBeUndefined();
    expect(replyOf({ words: [2, 1, decodeCodes.length], body })).toBeUndefined();
    expect(replyOf({ words: [3, 1], body })).toBeUndefined();
  });

  it('takes no more pixels a side than were asked for', () => {
    const head = { storedWidth: 900, storedHeight: 900, channels: 'several', integrity: 'whole' } as const;
    const look = { side: 100, tone: 'grey', blur: 0 } as const;
    expect(fits({ mode: 'default' }, { ...head, width: 512, height: 1 })).toBe(true);
    expect(fits({ mode: 'default' }, { ...head, width: 1, height: 513 })).toBe(false);
    expect(fits({ mode: 'screen', look }, { ...head, width: 100, height: 100 })).toBe(true);
    expect(fits({ mode: 'screen', look }, { ...head, width: 101, height: 1 })).toBe(false);
  });
});

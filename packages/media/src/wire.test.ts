import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCodes, decodeModes } from './outcomes.js';
import { pictureTypes } from './picture-type.js';
import { longestSide, type Reply, type Request, replyOf, replyWords, requestOf, requestWords } from './wire.js';

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const side = fc.integer({ min: 1, max: longestSide });

describe('the language of the decoder process', () => {
  it('carries every request', () => {
    const request = fc.record<Request>({
      id: word,
      mode: fc.constantFrom(...decodeModes),
      type: fc.constantFrom(...pictureTypes),
    });
    fc.assert(
      fc.property(request, (each) => {
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
    expect(replyOf({ words: [1, 1, 0, 513, 1, 513, 1], body: new Uint8Array(3 * 513) })).toBeUndefined();
    expect(replyOf({ words: [2, 1, decodeCodes.length], body })).toBeUndefined();
    expect(replyOf({ words: [3, 1], body })).toBeUndefined();
  });
});

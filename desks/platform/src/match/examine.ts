import type { Outcome, Reason } from '@tutela/core';
import { type Digests, leastQuality, type Pdq, pdq, turned, type Variant, variants } from '@tutela/fingerprint';
import { type DecodedPicture, type Decoder, pictureTypeOf } from '@tutela/media';
import type { Hit, Matcher } from './matcher.js';

/** How a file ended: a match, no match, or a stated reason why nobody can say. */
export type Verdict = 'exact' | 'near' | 'none' | 'undecided';

export interface Examination {
  readonly verdict: Verdict;
  readonly hit?: Hit;
  readonly pdq?: Pdq;
  /** Why a picture was not compared; a file that is no picture and does not claim to be one needs no reason. */
  readonly reason?: Reason;
  /** `damaged`: parts of the picture may be missing from the comparison. */
  readonly integrity?: 'whole' | 'damaged';
}

export interface ExamineDeps {
  readonly matcher: Matcher;
  readonly decoder: Decoder;
  /** Bits. */
  readonly threshold: number;
}

export interface Content {
  readonly name: string;
  readonly digests: Digests;
  /** All bytes, or the first ones of a file too large to be decoded. */
  readonly bytes: Uint8Array;
}

const pictureName = /\.(jpe?g|jfif|png|webp|gif|tiff?|heic|heif|avif|bmp)$/i;

/** Compares a file with a list: its digests first, then, where it is a picture, what it looks like. */
export const examine = async (content: Content, deps: ExamineDeps): Promise<Examination> => {
  const exact = deps.matcher.exact(content.digests);
  const seen = await look(content, deps.decoder);
  const found = seen.kind === 'done' ? { pdq: seen.value.pdq, integrity: seen.value.integrity } : {};
  if (exact !== undefined) return { verdict: 'exact', hit: exact, ...found };
  if (seen.kind !== 'done') return seen.kind === 'nothing' ? { verdict: 'none' } : undecidedFor(seen.reason);
  const { quality } = seen.value.pdq;
  const near = quality < leastQuality ? undefined : await findNear(content, seen.value, deps);
  if (near !== undefined) return { verdict: 'near', ...found, ...near };
  if (seen.value.integrity === 'damaged') {
    const message = 'The picture is damaged: what is left of it agrees with nothing on the list.';
    return { ...undecidedFor({ code: 'damaged', message }), ...found };
  }
  if (quality < leastQuality) {
    const message = `PDQ quality ${quality} is below ${leastQuality}: too little in the picture to compare.`;
    return { ...undecidedFor({ code: 'low-quality', message }), ...found };
  }
  return { verdict: 'none', ...found };
};

/**
 * Lists hold hashes of many decoders. Most shrink smoothly, as the first look does; the reference takes single pixels,
 * and on fine textures the two lie up to 38 bits apart (413 photographs of Debian's packages). A picture that is not
 * found but lies suspiciously near is looked at again, pixel by pixel as the reference does.
 */
const findNear = async (
  { bytes }: Content,
  seen: Seen,
  { matcher, decoder, threshold }: ExamineDeps,
): Promise<Pick<Examination, 'hit' | 'pdq'> | undefined> => {
  const hit = matcher.near(seen.inEveryWay(), threshold);
  if (hit !== undefined) return { hit: { ...hit, decode: 'default' } };
  if (seen.sampled === 'whole' || matcher.near(seen.inEveryWay(), suspiciousBits) === undefined) return undefined;
  const decoded = await decoder.decode(bytes, 'exact');
  if (decoded.kind !== 'done') return undefined;
  const again = seenIn(decoded.value);
  const second = matcher.near(again.inEveryWay(), threshold);
  return second === undefined ? undefined : { hit: { ...second, decode: 'exact' }, pdq: again.pdq };
};

/** What two decoders may differ by, and an edit besides; strangers start at 90 (fingerprints.md §3.2). */
const suspiciousBits = 64;

interface Seen {
  readonly pdq: Pdq;
  readonly integrity: 'whole' | 'damaged';
  /** `whole`: every pixel counted, so any decoder sees the same. */
  readonly sampled: 'whole' | 'shrunk';
  /** The picture as it is, then turned in each way. */
  readonly inEveryWay: () => Iterable<{ readonly variant: Variant; readonly pdq: Pdq }>;
}

const look = async ({ name, digests, bytes }: Content, decoder: Decoder): Promise<Outcome<Seen>> => {
  const type = pictureTypeOf(bytes);
  if (digests.size === 0) return { kind: 'undecidable', reason: { code: 'empty', message: 'The file has no bytes.' } };
  if (type === undefined) {
    const message = 'The name says picture, the bytes do not.';
    return { kind: pictureName.test(name) ? 'undecidable' : 'nothing', reason: { code: 'not-a-picture', message } };
  }
  if (bytes.length < digests.size) {
    return {
      kind: 'limited',
      reason: { code: 'too-large', message: `A picture of ${digests.size} bytes is not decoded.` },
    };
  }
  const decoded = await decoder.decode(bytes, 'default');
  if (decoded.kind !== 'done') return decoded;
  return { kind: 'done', value: seenIn(decoded.value) };
};

const seenIn = (pixels: DecodedPicture): Seen => {
  const original = pdq(pixels);
  const inEveryWay = function* () {
    yield { variant: 'original' as const, pdq: original };
    for (const variant of variants) if (variant !== 'original') yield { variant, pdq: pdq(turned(pixels, variant)) };
  };
  const sampled = pixels.width === pixels.storedWidth && pixels.height === pixels.storedHeight ? 'whole' : 'shrunk';
  return { pdq: original, integrity: pixels.integrity, sampled, inEveryWay };
};

const undecidedFor = (reason: Reason): Examination => ({ verdict: 'undecided', reason });

import { buffer } from 'node:stream/consumers';
import { leastQuality, pdq } from '@tutela/fingerprint';
import { type Decoder, headLength, pictureTypeOf } from '@tutela/media';
import { type Compartment, sha256Address } from '@tutela/vault';
import type { Look } from './queries/pictures.js';

/** Larger files are not read for a look at them. */
const largestPicture = 64 * 2 ** 20;

/**
 * What a file looks like, by the contained decoder. The bytes are read whole only where the first ones name a picture.
 * @returns `undefined` where nobody could look just now, so that somebody tries again
 */
export const lookAtFile = async (
  { vault, decoder }: { readonly vault: Compartment; readonly decoder: Decoder },
  sha256: string,
): Promise<Look | undefined> => {
  const address = sha256Address(sha256);
  const stat = await vault.stat(address);
  if (stat.kind !== 'done') return undefined;
  if (stat.value.size === 0) return { sha256, outcome: 'not-a-picture', pdq: null };
  const head = await vault.openRange(address, { start: 0, end: Math.min(headLength, stat.value.size) });
  if (head.kind !== 'done') return undefined;
  if (pictureTypeOf(await buffer(head.value.bytes)) === undefined) {
    return { sha256, outcome: 'not-a-picture', pdq: null };
  }
  if (stat.value.size > largestPicture) return { sha256, outcome: 'refused', pdq: null };
  const whole = await vault.open(address);
  if (whole.kind !== 'done') return undefined;
  const decoded = await decoder.decode(await buffer(whole.value.bytes), 'default');
  if (decoded.kind === 'failed') return undefined;
  if (decoded.kind !== 'done') return { sha256, outcome: 'refused', pdq: null };
  const { hash, quality } = pdq(decoded.value);
  return { sha256, outcome: 'picture', pdq: quality < leastQuality ? null : Buffer.from(hash) };
};

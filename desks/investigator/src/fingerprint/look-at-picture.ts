import { createHash } from 'node:crypto';
import { done, type Outcome, refused } from '@tutela/core';
import { type Pdq, pdqVariants } from '@tutela/fingerprint';
import { type DecodeCode, type DecodeOutcome, defaultLimits } from '@tutela/media';
import type { ArchiveItem } from '../archive/archive-item.js';
import { InvestigatorError } from '../investigator-error.js';
import type { MayGoOn } from '../seizure/image/until-stopped.js';
import type { FingerprintDeps } from './deps.js';
import type { PictureOutcome } from './schema.js';

/** What a content looks like, or why nobody can say. */
export type Look =
  | {
      readonly outcome: 'decoded';
      readonly pdq: Pdq;
      /** The hashes of the picture turned in the other ways, one after another in the order of `variants`. */
      readonly turned: Uint8Array;
      readonly integrity: 'whole' | 'damaged';
      readonly decodedBy: string;
    }
  | { readonly outcome: Exclude<PictureOutcome, 'decoded'>; readonly reason: string };

/** Asked before a copy is opened, while it is fetched and while a picture is decoded. */
export type MayLookAt = (copy: ArchiveItem) => ReturnType<MayGoOn>;

const beatMilliseconds = 500;

/**
 * Looks at a content by the first of its copies that is still what was digested.
 * @returns `stopped` where the authority ended meanwhile
 * @throws InvestigatorError `no-decoder` where nobody can look just now
 */
export const lookAtPicture = async (
  { reader, decoder }: Pick<FingerprintDeps, 'reader' | 'decoder'>,
  copies: readonly ArchiveItem[],
  mayLookAt: MayLookAt,
): Promise<Look | 'stopped'> => {
  let reason = 'gone';
  for (const copy of copies) {
    const mayGoOn = (): ReturnType<MayGoOn> => mayLookAt(copy);
    if ((await mayGoOn()) === 'stops') return 'stopped';
    const { inputBytes } = defaultLimits;
    if (copy.size > inputBytes) return { outcome: 'over-limit', reason: 'too-large' };
    const bytes = await readWhole(reader, copy, mayGoOn);
    if (bytes.kind !== 'done') {
      reason = bytes.reason.code;
      if (reason === 'stopped') return 'stopped';
      continue;
    }
    const decoded = await unlessStopped(decoder.decode(bytes.value), mayGoOn);
    return decoded === 'stopped' ? decoded : lookOf(decoded);
  }
  return { outcome: 'unread', reason };
};

const readWhole = async (
  reader: FingerprintDeps['reader'],
  copy: ArchiveItem,
  mayGoOn: MayGoOn,
): Promise<Outcome<Uint8Array>> => {
  const opened = await reader.open(copy, mayGoOn);
  if (opened.kind !== 'done') return opened;
  try {
    const bytes = await opened.value.source.read(0, copy.size);
    const same = createHash('sha256').update(bytes).digest('hex') === copy.sha256;
    return same ? done(bytes) : refused('changed', 'it is not the file that was digested');
  } catch (error) {
    return refused('gone', `it cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
  } finally {
    await opened.value.close();
  }
};

/** A picture may take the decoder its whole time limit; an authority that ends is not kept waiting for it. */
const unlessStopped = async (
  decoding: Promise<DecodeOutcome>,
  mayGoOn: MayGoOn,
): Promise<DecodeOutcome | 'stopped'> => {
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const beat = new Promise<'beat'>((resolve) => {
      timer = setTimeout(() => resolve('beat'), beatMilliseconds);
    });
    const first = await Promise.race([decoding, beat]);
    clearTimeout(timer);
    if (first !== 'beat') return first;
    if ((await mayGoOn()) === 'stops') return 'stopped';
  }
};

const lookOf = (decoded: DecodeOutcome): Look => {
  if (decoded.kind !== 'done') return { outcome: outcomeOf(decoded.reason.code), reason: decoded.reason.code };
  const [original, ...others] = pdqVariants(decoded.value);
  if (original === undefined) throw new TypeError('a picture has a hash as it is');
  const { integrity, decodedBy } = decoded.value;
  const turned = Buffer.concat(others.map(({ pdq }) => pdq.hash));
  return { outcome: 'decoded', pdq: original.pdq, turned, integrity, decodedBy };
};

const outcomeOf = (code: DecodeCode): Exclude<PictureOutcome, 'decoded' | 'unread'> => {
  switch (code) {
    case 'empty':
    case 'not-a-picture':
      return 'not-a-picture';
    case 'unsupported':
      return 'unsupported';
    case 'too-large':
    case 'timed-out':
      return 'over-limit';
    case 'truncated':
    case 'undecodable':
    case 'crashed':
      return 'damaged';
    case 'busy':
    case 'unavailable':
    case 'closed':
      throw new InvestigatorError('no-decoder', `nobody can look at pictures just now: ${code}`);
  }
};

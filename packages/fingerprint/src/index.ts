export {
  type DigestCode,
  type DigestedFile,
  type DigestOptions,
  type DigestOutcome,
  digestFileSync,
} from './digest-file.js';
export { type Digester, openDigester } from './digester.js';
export { type Digests, digestBytes, type RunningDigests, runningDigests } from './digests.js';
export { FingerprintError } from './fingerprint-error.js';
export { leastQuality, nearBits } from './near.js';
export { type Pdq, pdq } from './pdq.js';
export type { Pixels } from './pixels.js';
export { pdqVariants, turned, type Variant, variants } from './variants.js';

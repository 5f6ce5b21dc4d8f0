import type { Reason } from '@tutela/core';
import { toHex } from '@tutela/core';
import type { Digests } from '@tutela/fingerprint';
import type { Examination } from '../match/examine.js';

/** What is said of one file: a line of `--jsonl`. */
export interface ScanRecord {
  readonly v: 1;
  readonly scan: string;
  /** Below the scanned folder. Bytes that are no UTF-8 are shown as U+FFFD, and `pathBase64` holds the name itself. */
  readonly path: string;
  readonly pathBase64?: string;
  readonly account?: string;
  readonly outcome: 'exact' | 'near' | 'none' | 'undecided' | 'refused' | 'failed';
  readonly reason?: Reason;
  /** Bytes. */
  readonly size?: number;
  readonly sha256?: string;
  readonly sha1?: string;
  readonly md5?: string;
  readonly pdq?: string;
  /** 0 to 100. */
  readonly quality?: number;
  /** Only a lenient decoder could read it; parts of the picture may be missing from the comparison. */
  readonly integrity?: 'damaged';
  /** What of the list agrees: never the listed hash itself. */
  readonly match?: {
    readonly by: 'md5' | 'sha1' | 'sha256' | 'pdq';
    readonly line: number;
    readonly distance?: number;
    readonly variant?: string;
    readonly decode?: 'default' | 'exact';
  };
}

/** Paths as they are printed. */
export const printedPath = (path: Buffer): Pick<ScanRecord, 'path' | 'pathBase64'> => {
  const text = path.toString('utf8');
  return Buffer.from(text, 'utf8').equals(path) ? { path: text } : { path: text, pathBase64: path.toString('base64') };
};

export const examinedRecord = (
  named: Pick<ScanRecord, 'v' | 'scan' | 'path' | 'pathBase64' | 'account'>,
  digests: Digests,
  { verdict, hit, pdq, reason, integrity }: Examination,
): ScanRecord => ({
  ...named,
  outcome: verdict,
  ...(reason === undefined ? {} : { reason: { code: reason.code, message: reason.message } }),
  size: digests.size,
  sha256: toHex(digests.sha256),
  sha1: toHex(digests.sha1),
  md5: toHex(digests.md5),
  ...(pdq === undefined ? {} : { pdq: toHex(pdq.hash), quality: pdq.quality }),
  ...(integrity === 'damaged' ? { integrity } : {}),
  ...(hit === undefined ? {} : { match: matchOf(hit) }),
});

const matchOf = (hit: NonNullable<Examination['hit']>): NonNullable<ScanRecord['match']> => ({
  by: hit.listKind,
  line: hit.line,
  ...(hit.distance === undefined ? {} : { distance: hit.distance }),
  ...(hit.variant === undefined ? {} : { variant: hit.variant }),
  ...(hit.decode === undefined ? {} : { decode: hit.decode }),
});

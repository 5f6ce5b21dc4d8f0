import { done, refused } from '@tutela/core';
import { fromUtf8 } from '../bytes.js';
import { parseTreeSize } from '../checkpoint.js';
import { fromBase64, toBase64 } from '../note/base64.js';
import { largestNote } from '../note/signed-note.js';
import { type Hash, hashLength } from '../tree/hashing.js';
import type { Verdict } from '../verdict.js';

/** What a log asks of a witness (C2SP tlog-witness, "add-checkpoint"). */
export interface AddCheckpoint {
  /** Size of the newest checkpoint that the witness has cosigned; 0 when it has cosigned none. */
  readonly oldSize: bigint;
  /** From the old size to that of the checkpoint; empty from 0, and for equal sizes. */
  readonly proof: readonly Hash[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
}

const mostHashes = 63;

/** Bytes of a request: what a witness reads at most. */
export const largestAddCheckpoint = largestNote + 4096;

/** Media type of the answer that tells the size which the witness has cosigned, with status 409. */
export const sizeMediaType = 'text/x.tlog.size';

export const formatAddCheckpoint = ({ oldSize, proof, checkpoint }: AddCheckpoint): string =>
  `${[`old ${oldSize}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`;

/** The form alone: whether the checkpoint is one, and whose, is still to be seen. */
export const parseAddCheckpoint = (body: string | Uint8Array): Verdict<AddCheckpoint, 'malformed-request'> => {
  const malformed = (why: string) => refused('malformed-request', why);
  const text = typeof body === 'string' ? body : fromUtf8(body);
  if (text === undefined || text.length > largestAddCheckpoint) return malformed('not UTF-8, or too long');
  const blank = text.indexOf('\n\n');
  if (blank < 0) return malformed('no blank line before the checkpoint');
  const [first = '', ...lines] = text.slice(0, blank).split('\n');
  if (!first.startsWith('old ')) return malformed('the first line is not "old" and a size');
  const oldSize = parseTreeSize(first.slice('old '.length));
  if (oldSize === undefined) return malformed('the old size is not a decimal number');
  if (lines.length > mostHashes) return malformed(`more than ${mostHashes} hashes`);
  const proof = lines.map((line) => fromBase64(line));
  if (!proof.every((hash) => hash?.length === hashLength)) return malformed('a hash is not 32 bytes of Base64');
  return done({ oldSize, proof: proof as Hash[], checkpoint: text.slice(blank + 2) });
};

import { done, type Refused, refused } from '@tutela/core';
import { formatTlogProof, leafHash, parseCheckpoint, parseNote, type Verdict, verifyInclusion } from '@tutela/ledger';
import { fromUtf8 } from '../format/canonical-file.js';
import { limits, packagePaths, parseEventLine } from '../format/index.js';
import { parseNodes } from '../format/nodes.js';
import { wholeFile } from './digesting.js';
import { linesOf } from './lines.js';
import type { PackageSource, VerifyDeps } from './ports.js';
import { completeTree, newLeaves } from './tree-completion.js';

type NoProof = 'no-such-event' | 'no-proof';

/** Proof that one event is in the log, and the leaf it is about. */
export interface EventProof {
  /** C2SP tlog-proof. */
  readonly proof: string;
  /** Canonical text of the entry. */
  readonly entry: string;
}

/**
 * Derives the inclusion proof of one event from events.jsonl and nodes.json. The proof is checked; whether the checkpoint
 * is to be believed is for whoever gets it to check, with the keys that they trust.
 */
export const proveEvent = async (
  source: PackageSource,
  caseSeq: number,
  { hasher }: VerifyDeps,
): Promise<Verdict<EventProof, NoProof>> => {
  const leaves = newLeaves();
  let watched: { readonly index: bigint; readonly entry: string } | undefined;
  for await (const { number, text } of linesOf(source.read(packagePaths.events), limits.lineBytes)) {
    const read = text === undefined ? undefined : parseEventLine(text);
    if (read?.kind !== 'done') return noProof(`line ${number} of events.jsonl cannot be read`);
    const index = BigInt(read.value.line.index);
    leaves.add(index, leafHash(hasher, new TextEncoder().encode(read.value.entryText)));
    if (read.value.line.entry.caseSeq === caseSeq) watched = { index, entry: read.value.entryText };
  }
  if (watched === undefined) return refused('no-such-event', `the package has no event ${caseSeq}`);
  const noteBytes = await wholeFile(source.read(packagePaths.checkpoint), limits.textBytes);
  const note = noteBytes && fromUtf8(noteBytes);
  const body = note === undefined ? undefined : parseNote(note);
  const head = body?.kind === 'done' ? parseCheckpoint(body.value.text) : undefined;
  if (note === undefined || head?.kind !== 'done') return noProof('the checkpoint cannot be read');
  const { size, root } = head.value;
  const { index, entry } = watched;
  if (index >= size) return noProof('the event is not in the tree of the checkpoint');
  const parts = parseNodes(source.read(packagePaths.nodes));
  const completed = await completeTree(hasher, leaves.take(), parts, size, index);
  if (completed.kind !== 'root') return noProof(completed.why);
  const leaf = leafHash(hasher, new TextEncoder().encode(entry));
  const verdict = verifyInclusion(hasher, { index, size, leaf, root, proof: completed.path });
  if (verdict.kind !== 'done') return noProof(verdict.reason.message);
  return done({ proof: formatTlogProof({ index, hashes: completed.path, checkpoint: note }), entry });
};

const noProof = (why: string): Refused<NoProof> => refused('no-proof', why);

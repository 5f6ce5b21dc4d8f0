import { createReadStream } from 'node:fs';
import type { UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import type { PlatformDeps } from '../deps.js';
import { confirmByPolicy } from '../match/confirm-by-policy.js';
import { matchEffect, matchRow, uuidOf } from '../match/match-row.js';
import type { Matchers } from '../match/matchers.js';
import { type SeenMatch, stackMatches } from '../match/stack-matches.js';
import { insertMatches, type NewMatch } from '../queries/matches.js';
import { batchByKey, finishBatch, lockScan, type Scan, scanById } from '../queries/scans.js';
import { program, record, rowOf } from '../record.js';
import type { ScanTally } from '../schema.js';
import { emptyTally } from '../tally.js';
import { endScanWhenComplete } from './end-scan.js';
import { examineBatch, type FoundFile } from './examine-batch.js';
import type { ScanRecord } from './scan-record.js';

export type RunBatchDeps = PlatformDeps & {
  readonly matchers: Matchers;
  /** Told of each file of a scan once it is judged, before its batch is committed. */
  readonly onFile: (scan: string) => void;
};

export interface BatchKey {
  readonly scan: string;
  readonly ordinal: number;
}

/**
 * Examines a batch and commits what was found, with the ledger's entry, in one transaction. Run again, by the same or
 * another worker, it finds the batch done and changes nothing (test: "a batch run twice is written once").
 */
export const runBatch = async (deps: RunBatchDeps, key: BatchKey): Promise<void> => {
  const [scan, batch] = await Promise.all([scanById(deps.db, key.scan), batchByKey(deps.db, key)]);
  if (scan === undefined || batch === undefined || batch.state === 'done') return;
  const matcher = await deps.matchers.of(scan.list_version);
  const { root, accounts, threshold } = scan;
  const input = { scan: scan.id, root, accounts, threshold, paths: splitPaths(batch.paths) };
  const { decoder, onFile } = deps;
  const { records, found } = await examineBatch(input, { matcher, decoder, onFile: () => onFile(scan.id) });
  // Without an account there is nobody to decide about or to report: what was found stands in the results alone.
  const ofAccounts = found.filter(({ record: said }) => said.account !== undefined);
  for (const file of ofAccounts) await keep(deps, file);

  const results = Buffer.from(records.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const now = deps.clock.now();
  const candidates = ofAccounts.flatMap((file) => rowFor(scan, key, file, now));
  await inTransaction(deps.db, async (tx) => {
    const tally = tallyOf(records);
    if ((await finishBatch(tx, key, { results, tally: JSON.stringify(tally) })) === 'already-done') return;
    const matches = await insertMatches(
      tx,
      candidates.map(({ row }) => row),
    );
    const isNew = new Set(matches.map(({ id }) => id));
    await stackMatches(
      tx,
      candidates.filter(({ row }) => isNew.has(row.id)),
    );
    await recordBatch(tx, deps, key, tally, matches);
    await confirmByPolicy(tx, deps, matches);
    await endScanWhenComplete(tx, deps, await lockScan(tx, scan.id));
  });
};

/** The bytes that matched are held from now on: the folder may change before anybody decides. */
const keep = async ({ vault, log }: PlatformDeps, { file, absolute, record: said }: FoundFile): Promise<void> => {
  const whole = file.content.length === file.size;
  const { sha256 } = await vault.put(whole ? file.content : createReadStream(absolute));
  if (sha256 !== said.sha256) log(`scan: ${JSON.stringify(said.path)} changed after it was examined`);
};

const rowFor = (scan: Scan, { ordinal }: BatchKey, found: FoundFile, foundAt: UtcInstant): SeenMatch[] => {
  const { hit } = found.examination;
  if (hit === undefined || found.record.account === undefined) return [];
  const origin = { scan: scan.id, batch: ordinal, upload: null };
  const { file: digests, examination, record: said } = found;
  const named = { account: found.record.account, name: said.path, listVersion: scan.list_version, foundAt };
  const id = uuidOf(`${scan.id}/${ordinal}/${found.index}`);
  return [{ row: matchRow({ id, origin, ...named, digests, examination, hit }), pdq: examination.pdq }];
};

const recordBatch = (tx: Tx, deps: PlatformDeps, key: BatchKey, tally: ScanTally, matches: readonly NewMatch[]) =>
  record(tx, deps, {
    type: 'batch-examined',
    actor: program,
    subjects: [`scan:${key.scan}`],
    payload: { scan: key.scan, batch: key.ordinal, tally: { ...tally } },
    effects: [
      rowOf('scan_batch', { ...key }, ['paths', 'state', 'results', 'tally']),
      ...matches.map(({ id }) => matchEffect(id)),
    ],
  });

const splitPaths = (joined: Buffer): Buffer[] => {
  const found: Buffer[] = [];
  for (let from = 0, to = joined.indexOf(0); to !== -1; from = to + 1, to = joined.indexOf(0, from)) {
    found.push(joined.subarray(from, to));
  }
  return found;
};

const tallyOf = (records: readonly ScanRecord[]): ScanTally => {
  const tally: { -readonly [K in keyof ScanTally]: number } = { ...emptyTally };
  for (const { outcome } of records) tally[outcome]++;
  return tally;
};

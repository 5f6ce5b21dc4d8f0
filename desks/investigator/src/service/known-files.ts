import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { newId } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { buildDigestTable, type DigestTable } from '@tutela/hashindex';
import { readHashList } from '@tutela/hashlist';
import { batchDecisions, type CompiledScope, compileScope, type DecidedObject } from '@tutela/policy';
import { loadGrounds, recordDecisions } from '@tutela/policy/postgres';
import { objectOf } from '../archive/archive-item.js';
import { type By, recordCaseAct } from '../case/cases.js';
import type { ServiceDeps } from './import-records.js';
import {
  type ComparableItem,
  finishKnownRun,
  insertKnownMatches,
  insertKnownRun,
  itemsToCompare,
  type KnownMatch,
} from './queries/known.js';
import type { KnownRunId } from './schema.js';

/** Digests of known files, as read from one list. */
export interface KnownDigests {
  readonly name: string;
  /** Of the list's file, hexadecimal. */
  readonly sha256: string;
  readonly entries: number;
  readonly tables: Readonly<Record<DigestName, DigestTable>>;
}

type DigestName = 'sha256' | 'sha1' | 'md5';
const names: readonly DigestName[] = ['sha256', 'sha1', 'md5'];
const widths = { sha256: 32, sha1: 20, md5: 16 } as const;

/** @throws HashListError for a list that cannot be read to its end */
export const readKnownDigests = async (file: string): Promise<KnownDigests> => {
  const found: Record<DigestName, Uint8Array[]> = { sha256: [], sha1: [], md5: [] };
  const hash = createHash('sha256');
  const stream = createReadStream(file).on('data', (piece) => hash.update(piece));
  let entries = 0;
  for await (const item of readHashList(stream)) {
    if (item.kind !== 'entry') continue;
    entries++;
    for (const name of names) {
      const digest = item.entry.hashes[name];
      if (digest !== undefined) found[name].push(typeof digest === 'string' ? Buffer.from(digest, 'hex') : digest);
    }
  }
  const table = (name: DigestName): DigestTable => buildDigestTable(Buffer.concat(found[name]), widths[name]);
  const tables = { sha256: table('sha256'), sha1: table('sha1'), md5: table('md5') };
  return { name: path.basename(file), sha256: hash.digest('hex'), entries, tables };
};

export interface KnownRun {
  readonly runId: KnownRunId;
  readonly compared: number;
  readonly refused: number;
  readonly matched: number;
}

const page = 5000;

/** Compares every file of a case, those unpacked from archives too, that an authority covers for the step `match`. */
export const matchKnownFiles = async (
  { db, clock }: Pick<ServiceDeps, 'db' | 'clock'>,
  { caseRef, known, by }: { readonly caseRef: string; readonly known: KnownDigests; readonly by: string },
): Promise<KnownRun> => {
  const at = clock.now();
  const scope = compileScope(await loadGrounds(db, caseRef), caseRef, at);
  const runId = newId<KnownRunId>();
  return inTransaction(db, async (tx) => {
    const { name, sha256, entries } = known;
    await insertKnownRun(tx, { runId, caseRef, name, sha256, entries, by, at });
    const count = { compared: 0, refused: 0, matched: 0 };
    for (let after = 0; ; ) {
      const items = await itemsToCompare(tx, caseRef, { after, limit: page });
      if (items.length === 0) break;
      after = items.at(-1)?.itemId ?? after;
      const compared = comparePage(scope, known, items);
      await recordDecisions(tx, await batchDecisions({ caseRef, step: 'match', at }, compared.decided), { by, at });
      await insertKnownMatches(tx, runId, compared.matches);
      count.compared += compared.allowed;
      count.refused += items.length - compared.allowed;
      count.matched += compared.matches.length;
    }
    await finishKnownRun(tx, runId, count);
    await recordRun(tx, { caseRef, runId, by, at, count, list: sha256 });
    return { runId, ...count };
  });
};

const comparePage = (scope: CompiledScope, known: KnownDigests, items: readonly ComparableItem[]) => {
  const decided: DecidedObject[] = [];
  const matches: KnownMatch[] = [];
  let allowed = 0;
  for (const item of items) {
    const decision = scope.decide({ step: 'match', object: objectOf(item) });
    decided.push({ ref: `item ${item.itemId}`, group: `known files in ${item.sourceId}`, decision });
    if (decision.answer !== 'allow') continue;
    allowed++;
    const byDigest = names.find((name) => known.tables[name].find(Buffer.from(item[name], 'hex')).length > 0);
    if (byDigest !== undefined) matches.push({ itemId: item.itemId, byDigest, authorityId: decision.authority });
  }
  return { decided, matches, allowed };
};

const recordRun = (
  tx: Tx,
  {
    runId,
    list,
    count,
    ...act
  }: By & {
    readonly caseRef: string;
    readonly runId: KnownRunId;
    readonly list: string;
    readonly count: Omit<KnownRun, 'runId'>;
  },
) =>
  recordCaseAct(tx, {
    type: 'known-files-matched',
    ...act,
    payload: { list, ...count },
    effects: [{ kind: 'written', table: 'investigator.known_run', key: { run_id: runId }, columns: runColumns }],
  });

const runColumns = [
  'case_ref',
  'list_name',
  'list_sha256',
  'entries',
  'compared',
  'refused',
  'matched',
  'matches_sha256',
  'ran_at',
  'ran_by',
];

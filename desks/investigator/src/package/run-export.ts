import path from 'node:path';
import { inTransaction } from '@tutela/db';
import { type ExportContent, type PackageFault, readVerifierFiles, writePackage } from '@tutela/evidence';
import { postgresPackageLedger } from '@tutela/evidence/postgres';
import { findRequest, readSite } from '@tutela/policy/postgres';
import { z } from 'zod';
import type { PackageDeskDeps } from './deps.js';
import { gatherMaterial } from './gather-material.js';
import { missingProof } from './missing-proof.js';
import { beginTry, findPackage, noteEnd, type PackageRow } from './queries.js';
import { recordWritten } from './record-written.js';
import { exportWorkflow, jobOf } from './start-export.js';
import { writeZip } from './write-zip.js';

export const exportInput = z.object({
  request: z.string(),
  by: z.string(),
  whenProofIsMissing: z.enum(['write', 'refuse']),
});
type ExportInput = z.infer<typeof exportInput>;

/** What passes by itself; everything else needs a person. */
const passing: ReadonlySet<string> = new Set<PackageFault>(['in-progress', 'not-covered-yet', 'proof-missing']);
const secondsBetween = 60;

/**
 * Writes an approved package, its folder and then its ZIP. May be killed at any point and run again by anybody: one event,
 * one package (test: "an export that is cut off anywhere goes on, and is one package with one event").
 */
export const runExport = async (deps: PackageDeskDeps, input: ExportInput): Promise<void> => {
  const request = input.request as PackageRow['request'];
  // A try that begins after a wait takes the place of the one that waited.
  const begun = await inTransaction(deps.db, (tx) => beginTry(tx, request, ['waiting']));
  const row = begun ?? (await findPackage(deps.db, { request }));
  if (row?.state !== 'exporting') return;
  const ended = await tryExport(deps, row, input).catch((error: unknown) => {
    deps.log(`package ${row.package}: ${error instanceof Error ? error.message : String(error)}`);
    return { state: 'failed', why: error instanceof Error ? error.message : String(error) } as const;
  });
  if (ended.state === 'written') return;
  await inTransaction(deps.db, async (tx) => {
    await noteEnd(tx, row, ended);
    if (ended.state !== 'waiting') return;
    const next = { ...row, tries: row.tries + 1 };
    const job = { workflow: exportWorkflow, input, delaySeconds: secondsBetween };
    await deps.engine().start(tx, { ...job, id: `${jobOf(next)}/after-wait` });
  });
};

type Ended = { readonly state: 'written' } | { readonly state: 'waiting' | 'failed'; readonly why: string };

const tryExport = async (deps: PackageDeskDeps, row: PackageRow, input: ExportInput): Promise<Ended> => {
  const { db, clock, folder, software, policy, timeAuthorities, waits, unseal, log } = deps;
  const asked = await findRequest(db, row.request);
  if (asked === undefined) return { state: 'failed', why: 'its request is gone' };
  const material = await gatherMaterial(deps, asked.request.content as unknown as ExportContent);
  if (material.kind !== 'done') return { state: 'failed', why: material.reason.message };
  const authorities = timeAuthorities();
  const wake = (): void => {
    deps.sequence().catch((error: unknown) => log(`package ${row.package}: ${String(error)}`));
  };
  const ledger = postgresPackageLedger({
    db,
    clock,
    policy,
    waits,
    unseal: unseal(),
    wake,
    site: await inTransaction(db, readSite),
    timeAuthorities: authorities,
  });
  const written = await writePackage(
    {
      ledger,
      clock,
      folder,
      software,
      by: input.by,
      verifier: await readVerifierFiles(),
      // What nobody was asked for cannot come later.
      whenProofIsMissing: authorities.length === 0 ? 'write' : input.whenProofIsMissing,
    },
    material.value,
    row.request,
  );
  if (written.kind !== 'done') {
    const { code, message } = written.reason;
    return { state: passing.has(code) ? 'waiting' : 'failed', why: `${message} (${code})` };
  }
  const zip = await writeZip(written.value.folder, path.join(folder, `${row.package}.zip`));
  const missing = await missingProof(written.value);
  await recordWritten(deps, row, { contents: written.value.contents, missing, zip, by: input.by });
  return { state: 'written' };
};

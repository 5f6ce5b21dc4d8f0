import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { findRequest } from '@tutela/policy/postgres';
import type { PackageDeskDeps } from './deps.js';
import { beginTry, findPackage, type PackageRow } from './queries.js';
import type { PackageState } from './schema.js';

export const exportWorkflow = 'investigator.export-package';

export type StartFault = 'unknown-package' | 'refused-by-approver' | 'too-few-approvals' | 'expired';

export interface ExportAsked {
  readonly name: string;
  /** Who has it made: stands in the event. */
  readonly by: string;
  /** What to do without a witness or a time-stamp that is configured and does not answer. */
  readonly whenProofIsMissing: 'write' | 'refuse';
}

/** Hands an approved package to whoever works; asked again while that lasts, it is the same export. */
export const startExport = async (
  { db, clock, engine }: PackageDeskDeps,
  { name, by, whenProofIsMissing }: ExportAsked,
): Promise<Outcome<PackageRow, StartFault>> => {
  const found = await findPackage(db, { package: name });
  if (found === undefined) return refused('unknown-package', `nobody drafted a package ${name}`);
  if (found.state === 'written' || found.state === 'exporting') return done(found);
  const asked = await findRequest(db, found.request);
  if (asked === undefined) return refused('unknown-package', `the request of ${name} is gone`);
  const { approvals, needed, request, state } = asked;
  if (state === 'refused') return refused('refused-by-approver', `${asked.refusedBy ?? 'somebody'} refused it`);
  if (state === 'open') {
    const few = `${approvals.length} of ${needed} have approved it (request ${found.request.slice(0, 12)})`;
    if (approvals.length < needed) return refused('too-few-approvals', few);
    if (clock.now() >= request.expiresAt) return refused('expired', `its approval expired at ${request.expiresAt}`);
  }
  return inTransaction(db, async (tx) => {
    const begun = await beginTry(tx, found.request, startable);
    if (begun === undefined) return done(found);
    const input = { request: found.request, by, whenProofIsMissing };
    await engine().start(tx, { id: jobOf(begun), workflow: exportWorkflow, input });
    return done(begun);
  });
};

const startable: readonly PackageState[] = ['drafted', 'waiting', 'failed'];

/** One job a try. */
export const jobOf = ({ request, tries }: Pick<PackageRow, 'request' | 'tries'>): string =>
  `package/${request}/${tries}`;

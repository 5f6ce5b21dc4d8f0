import type { Outcome } from '@tutela/core';
import type { Queue, Workflow } from '@tutela/engine';
import type { PackageReport } from '@tutela/evidence/verify';
import type { PersonId } from '@tutela/policy';
import { readCaseParts } from './case-parts.js';
import type { PackageDeskDeps } from './deps.js';
import { type DraftAsked, type Drafted, type DraftFault, draftPackage } from './draft-package.js';
import { type Proposal, proposePackage } from './propose-package.js';
import { findPackage, listPackages, type PackageRow } from './queries.js';
import { exportInput, runExport } from './run-export.js';
import { type ExportAsked, exportWorkflow, type StartFault, startExport } from './start-export.js';
import { verifyWritten } from './verify-written.js';

/** Evidence packages of the desk's cases. */
export interface Packages {
  readonly draft: (asked: DraftAsked) => Promise<Outcome<Drafted, DraftFault>>;
  readonly startExport: (asked: ExportAsked) => Promise<Outcome<PackageRow, StartFault>>;
  readonly find: (name: string) => Promise<PackageRow | undefined>;
  readonly list: (asked: {
    readonly caseRef?: string | undefined;
    readonly limit: number;
  }) => Promise<readonly PackageRow[]>;
  /** Ids and names of the files that a package of the case could hold. */
  readonly itemsOf: (caseRef: string) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  readonly propose: (asked: {
    readonly caseRef: string;
    readonly by: PersonId;
  }) => Promise<Outcome<Proposal, 'unknown-case'>>;
  /** Checks what lies in the folder of packages. Its keys are compared with nobody's: a court brings its own. */
  readonly verify: (name: string) => Promise<Outcome<PackageReport, 'unknown-package' | 'not-written'>>;
  readonly workflows: readonly Workflow[];
  readonly queues: readonly Queue[];
}

const queue = 'packages';

export const openPackages = (deps: PackageDeskDeps): Packages => ({
  draft: (asked) => draftPackage(deps, asked),
  startExport: (asked) => startExport(deps, asked),
  find: (name) => findPackage(deps.db, { package: name }),
  list: (asked) => listPackages(deps.db, asked),
  itemsOf: async (caseRef) => ((await readCaseParts(deps, caseRef))?.items ?? []).map(({ id, name }) => ({ id, name })),
  propose: (asked) => proposePackage(deps, asked),
  verify: (name) => verifyWritten(deps, name),
  workflows: [{ name: exportWorkflow, queue, run: (input) => runExport(deps, exportInput.parse(input)) }],
  queues: [{ name: queue, perProcess: 1 }],
});

export type { PackingDeps } from './deps.js';
export type { PackageRow } from './queries.js';
export { packageCoveredTables } from './schema.js';

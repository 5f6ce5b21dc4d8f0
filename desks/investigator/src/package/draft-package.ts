import { done, type JsonObject, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import type { ExportContent } from '@tutela/evidence';
import type { PersonId } from '@tutela/policy';
import { recordDecisions, requestApproval } from '@tutela/policy/postgres';
import { recordCaseAct } from '../case/cases.js';
import { InvestigatorError } from '../investigator-error.js';
import { readCaseParts } from './case-parts.js';
import type { PackageDeskDeps } from './deps.js';
import { type KeepFault, keepItems } from './keep-items.js';
import { findPackage, insertPackage, type PackageRow } from './queries.js';
import { type LeftOut, type Selection, selectItems } from './select-items.js';

export interface DraftAsked {
  readonly caseRef: string;
  /** Of the package: its folder and file. */
  readonly name: string;
  readonly by: PersonId;
  readonly reason: string;
  /** Whom files are encrypted to; `nobody` is said on purpose. */
  readonly recipients: ExportContent['recipients'] | 'nobody';
  /** Files that stay out, each with its reason. */
  readonly leaveOut: readonly LeftOut[];
}

export interface Drafted {
  readonly package: PackageRow;
  readonly content: ExportContent;
  /** People besides the one who asks. */
  readonly needed: number;
}

export type DraftFault =
  | 'unknown-case'
  | 'malformed-draft'
  | 'name-taken'
  | 'unknown-item'
  | 'nothing-to-pack'
  | 'person-unknown'
  | 'too-long'
  | KeepFault;

const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const recipientForm = /^age1[0-9a-z]{58}$/;

/**
 * Chooses what of a case goes into a package, keeps those files under the key of the case, and asks for two people's
 * approval of exactly that. Nothing is written out yet.
 */
export const draftPackage = async (deps: PackageDeskDeps, asked: DraftAsked): Promise<Outcome<Drafted, DraftFault>> => {
  const { db, clock } = deps;
  const malformed = formFault(asked);
  if (malformed !== undefined) return refused('malformed-draft', malformed);
  const parts = await readCaseParts(deps, asked.caseRef);
  if (parts === undefined) return refused('unknown-case', `there is no case ${asked.caseRef}`);
  const unknown = asked.leaveOut.find(({ id }) => parts.items.every((item) => item.id !== id));
  if (unknown !== undefined) return refused('unknown-item', `the case has no file ${unknown.id} to leave out`);
  if ((await findPackage(db, { package: asked.name })) !== undefined) return nameTaken(asked.name);
  const at = clock.now();
  const selection = await selectItems(db, parts.items, { ...asked, at });
  if (selection.items.length === 0) {
    const [first] = selection.exclusions;
    return refused('nothing-to-pack', `no file of the case may go out${first ? `; ${first.id}: ${first.reason}` : ''}`);
  }
  const kept = await keepItems(deps.cases.forCase(asked.caseRef), selection.items);
  if (kept.kind !== 'done') return kept;
  return inTransaction(db, async (tx) => {
    await recordDecisions(tx, selection.decisions, { by: asked.by, at });
    const content = contentOf(asked, selection);
    const opened = await requestApproval(tx, {
      action: 'package.export',
      caseRef: asked.caseRef,
      requestedBy: asked.by,
      reason: asked.reason,
      content: content as unknown as JsonObject,
      at,
      hours: 72,
    });
    if (opened.kind !== 'done') return opened;
    const { digest: request, needed } = opened.value;
    const key = { request, package: asked.name, case_ref: asked.caseRef };
    const row = await insertPackage(tx, { ...key, drafted_at: at, drafted_by: asked.by, state: 'drafted' });
    // Whoever asked for the same name at once has it; nothing else of this transaction may stay.
    if (row === undefined) throw new InvestigatorError('name-taken', `there is a package ${asked.name} already`);
    await recordCaseAct(tx, {
      type: 'package-drafted',
      caseRef: asked.caseRef,
      by: asked.by,
      at,
      subjects: [asked.name],
      payload: { request, items: content.items.length, excluded: content.exclusions.length },
      effects: [{ kind: 'written', table: 'investigator.package', key: { request }, columns: draftColumns }],
    });
    return done({ package: row, content, needed });
  }).catch((error: unknown) => {
    if (error instanceof InvestigatorError && error.code === 'name-taken') return nameTaken(asked.name);
    throw error;
  });
};

const nameTaken = (name: string) => refused('name-taken', `there is a package ${name} already`);

export const draftColumns = ['package', 'case_ref', 'drafted_at', 'drafted_by'] as const;

const contentOf = ({ name, caseRef, recipients }: DraftAsked, { items, exclusions }: Selection): ExportContent => ({
  package: name,
  case: caseRef,
  recipients: recipients === 'nobody' ? [] : recipients,
  items: items.map(({ id, as, digests, bytes }) => ({ id, as, sha256: digests.sha256, bytes: String(bytes) })),
  exclusions,
  events: 'all',
});

const formFault = ({ name, reason, recipients, leaveOut }: DraftAsked): string | undefined => {
  if (!nameForm.test(name)) return 'the name of a package has letters, digits, ".", "_" and "-", at most 100';
  if (reason.trim() === '') return 'a package needs a reason';
  if (leaveOut.some((each) => each.reason.trim() === '')) return 'whatever is left out needs a reason';
  if (recipients === 'nobody') return undefined;
  if (recipients.length === 0) return 'name whom it is encrypted to';
  const wrong = recipients.find((each) => each.name.trim() === '' || !recipientForm.test(each.age));
  return wrong && `${wrong.name || 'somebody'} has no age recipient (age1…)`;
};

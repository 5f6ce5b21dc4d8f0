import { type Clock, done, type Outcome, refused } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { ApprovalSite } from '@tutela/policy';
import { type JsonPerson, type RequestDigest, verifyApprovals } from '@tutela/policy/approval';
import { findRequest, listPeople } from '@tutela/policy/postgres';
import { formatCanonicalFile, parseExportRequest } from '../format/index.js';
import type { ApprovedExport, LedgerFault } from '../package/ports.js';
import { findExport } from './exports.js';

/**
 * The request of a package with its approvals and those who gave them. Approvals are verified as of now, unless they were
 * used for this package already: what was approved then stays approved.
 */
export const readApprovedExport = async (
  { db, clock, site }: { readonly db: Db; readonly clock: Clock; readonly site: ApprovalSite },
  digest: string,
): Promise<Outcome<ApprovedExport, LedgerFault>> => {
  const found = await findRequest(db, digest as RequestDigest);
  if (found === undefined) return refused('unknown-request', 'nobody asked for this package');
  const parsed = parseExportRequest(formatCanonicalFile({ ...found.request }));
  if (parsed.kind !== 'done')
    return refused('not-approved', `it is no request for a package: ${parsed.reason.message}`);
  const request = parsed.value;
  if (request.caseRef !== undefined && request.caseRef !== request.content.case) {
    return refused('not-approved', 'the request is about one case and its content about another');
  }
  const everybody = await listPeople(db);
  const rules = { people: Math.max(2, found.needed), ...site };
  if ((await findExport(db, digest)) === undefined) {
    if (found.state !== 'open') return refused('not-approved', `the request was ${found.state}`);
    const now = clock.now();
    if (now >= request.expiresAt) return refused('not-approved', 'the approval has expired');
    const verified = await verifyApprovals(found.request, found.approvals, everybody, rules);
    if (verified.kind !== 'done') return refused('not-approved', verified.reason.message);
  }
  const approvers = found.approvals.flatMap(({ person }) => everybody.filter(({ id }) => id === person));
  const people = { v: 1 as const, rules, people: approvers.map(withoutName) };
  return done({ request, approvals: found.approvals, people });
};

/** A package goes to strangers: it shows the pseudonym and the keys. */
const withoutName = (known: JsonPerson & { readonly name?: string }): JsonPerson => {
  const { v, id, addedAt, addedBy, revokedAt, credentials } = known;
  return { v, id, addedAt, addedBy, ...(revokedAt !== undefined && { revokedAt }), credentials };
};

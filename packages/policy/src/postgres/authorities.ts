import { canonicalJson, done, type JsonObject, type Outcome, refused, toHex } from '@tutela/core';
import type { Authority, AuthorityId } from '../authority/authority.js';
import { parseAuthority } from '../authority/parse-authority.js';
import { type By, recordAct, wrote } from './record-act.js';
import { openRequest, type RequestState } from './requests.js';
import type { Settled, Settling } from './settle.js';
import { policyTables, type Tx } from './tables.js';

export type EnterFault =
  | 'malformed-authority'
  | 'wrong-version'
  | 'other-case'
  | 'ended'
  | 'person-unknown'
  | 'too-long';

/**
 * Enters an authority, or its next version after an extension or a correction. It grants nothing until a second person
 * has read the document against what was entered: the request for that is made here, and approving it verifies.
 */
export const enterAuthority = async (tx: Tx, given: unknown): Promise<Outcome<RequestState, EnterFault>> => {
  const parsed = parseAuthority(given);
  if (parsed.kind !== 'done') return parsed;
  const authority = parsed.value;
  const { id, version, caseRef, enteredBy, enteredAt, kind } = authority;
  const fault = await versionFault(tx, authority);
  if (fault !== undefined) return refused(fault, `version ${version} of ${id} cannot be entered: ${fault}`);
  const document = canonicalJson(authority as unknown as JsonObject);
  const sha256 = await sha256Of(document);
  const asked = await openRequest(tx, {
    action: 'authority.verify',
    caseRef,
    requestedBy: enteredBy,
    reason: `read ${kind} ${authority.fileNumber} against what was entered`,
    content: { authority: id, version, sha256, document: authority as unknown as JsonObject },
    at: enteredAt,
    hours: 72,
  });
  if (asked.kind !== 'done') return asked;
  await policyTables(tx)
    .insertInto('policy.authority_version')
    .values({
      authority_id: id,
      version,
      case_ref: caseRef,
      kind,
      in_force_from: authority.from,
      in_force_to: authority.to,
      entered_by: enteredBy,
      entered_at: enteredAt,
      document,
      document_sha256: sha256,
    })
    .execute();
  await recordAct(tx, {
    type: 'policy.authority-entered',
    by: enteredBy,
    at: enteredAt,
    subjects: [id],
    caseRef,
    payload: { version, kind, sha256, request: asked.value.digest },
    effects: [wrote('authority_version', { authority_id: id, version })],
  });
  return asked;
};

const sha256Of = async (text: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

const versionFault = async (tx: Tx, { id, version, caseRef }: Authority): Promise<EnterFault | undefined> => {
  const last = await policyTables(tx)
    .selectFrom('policy.authority_version')
    .select(['version', 'case_ref'])
    .where('authority_id', '=', id)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  if (last !== undefined && last.case_ref !== caseRef) return 'other-case';
  if (version !== (last?.version ?? 0) + 1) return 'wrong-version';
  return (await isEnded(tx, id)) === 'ended' ? 'ended' : undefined;
};

const isEnded = async (tx: Tx, id: AuthorityId): Promise<'ended' | 'stands'> => {
  const end = await policyTables(tx)
    .selectFrom('policy.authority_end')
    .select('authority_id')
    .where('authority_id', '=', id)
    .executeTakeFirst();
  return end === undefined ? 'stands' : 'ended';
};

/** What an approval of `authority.verify` does. */
export const markVerified = async (
  tx: Tx,
  {
    authority,
    version,
    sha256,
  }: { readonly authority: AuthorityId; readonly version: number; readonly sha256: string },
  { digest, people, by, at }: Settling,
): Promise<Settled> => {
  const row = await policyTables(tx)
    .selectFrom('policy.authority_version')
    .select(['case_ref', 'document_sha256'])
    .where('authority_id', '=', authority)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined || row.document_sha256 !== sha256 || (await isEnded(tx, authority)) === 'ended')
    return 'overtaken';
  const caseRef = row.case_ref;
  await policyTables(tx)
    .insertInto('policy.authority_verification')
    .values({
      authority_id: authority,
      version,
      case_ref: caseRef,
      request_digest: digest,
      verified_by: people,
      verified_at: at,
    })
    .execute();
  await recordAct(tx, {
    type: 'policy.authority-verified',
    by,
    at,
    subjects: [authority],
    caseRef,
    payload: { version, sha256, verifiedBy: people },
    effects: [wrote('authority_verification', { authority_id: authority, version })],
  });
  return 'settled';
};

export type EndFault = 'unknown-authority' | 'ended' | 'unknown-successor';

/** Ends an authority at once, in all its versions. What rests on it is hidden and what runs on it stops; nothing is deleted. */
export const endAuthority = async (
  tx: Tx,
  id: AuthorityId,
  end: By & { readonly reason: string; readonly successor?: AuthorityId },
): Promise<Outcome<AuthorityId, EndFault>> => {
  const caseRef = await caseOf(tx, id);
  if (caseRef === undefined) return refused('unknown-authority', `there is no authority ${id}`);
  if ((await isEnded(tx, id)) === 'ended') return refused('ended', `${id} has ended already`);
  const { by, at, reason, successor } = end;
  if (successor !== undefined && (successor === id || (await caseOf(tx, successor)) !== caseRef))
    return refused('unknown-successor', 'the successor is no other authority of the case');
  const kind = successor === undefined ? 'revoked' : 'superseded';
  await policyTables(tx)
    .insertInto('policy.authority_end')
    .values({
      authority_id: id,
      case_ref: caseRef,
      kind,
      ended_at: at,
      ended_by: by,
      reason,
      successor: successor ?? null,
    })
    .execute();
  await recordAct(tx, {
    type: `policy.authority-${kind}`,
    by,
    at,
    subjects: [id],
    caseRef,
    payload: { reason, ...(successor !== undefined && { successor }) },
    effects: [wrote('authority_end', { authority_id: id })],
  });
  return done(id);
};

const caseOf = async (tx: Tx, id: AuthorityId): Promise<string | undefined> => {
  const row = await policyTables(tx)
    .selectFrom('policy.authority_version')
    .select('case_ref')
    .where('authority_id', '=', id)
    .executeTakeFirst();
  return row?.case_ref;
};

/** Notes that the report to a justice was filed, under its reference. */
export const noteReportFiled = async (
  tx: Tx,
  id: AuthorityId,
  { by, at, reference }: By & { readonly reference: string },
): Promise<Outcome<AuthorityId, 'unknown-authority' | 'filed-already'>> => {
  const caseRef = await caseOf(tx, id);
  if (caseRef === undefined) return refused('unknown-authority', `there is no authority ${id}`);
  const row = await policyTables(tx)
    .insertInto('policy.report_filed')
    .values({ authority_id: id, filed_at: at, filed_by: by, reference })
    .onConflict((conflict) => conflict.doNothing())
    .returning('authority_id')
    .executeTakeFirst();
  if (row === undefined) return refused('filed-already', `the report for ${id} was filed already`);
  const effects = [wrote('report_filed', { authority_id: id })];
  await recordAct(tx, {
    type: 'policy.report-filed',
    by,
    at,
    subjects: [id],
    caseRef,
    payload: { reference },
    effects,
  });
  return done(id);
};

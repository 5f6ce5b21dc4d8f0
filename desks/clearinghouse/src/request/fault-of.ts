import { type Outcome, refused } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Tx } from '@tutela/db';
import { findAuthority } from '../authority-registry/queries.js';
import { findReport } from '../queries/listing.js';
import type { ClockFault } from './clock.js';
import { findRenewal, findRequest, type RequestId } from './queries.js';
import type { RequestRecord } from './record.js';

export type MakeFault =
  | ClockFault
  | 'preservation-first'
  | 'instrument-not-recorded'
  | 'report-unknown'
  | 'request-unknown'
  | 'renewed-already'
  | 'not-sent';

export interface NewRequest {
  readonly record: RequestRecord;
  readonly reportNumber?: ReportNumber | undefined;
  /** The request under which the data are kept already. */
  readonly preservedBy?: RequestId | undefined;
  /** The request whose time this one extends. */
  readonly renews?: RequestId | undefined;
  readonly by: string;
}

/** What stands against making it, before anything of it is written. */
export const faultOf = async (
  tx: Tx,
  { record, reportNumber, preservedBy, renews }: Omit<NewRequest, 'by'>,
): Promise<Outcome<never, MakeFault> | undefined> => {
  if (reportNumber !== undefined && (await findReport(tx, reportNumber)) === undefined) {
    return refused('report-unknown', `there is no report ${reportNumber}`);
  }
  if (record.kind === 'mla' || record.kind === 'epoc') {
    const kept = preservedBy === undefined ? undefined : await findRequest(tx, preservedBy);
    const keeps = kept?.kind === 'preservation' || kept?.kind === 'budapest-29' || kept?.kind === 'epoc-pr';
    if (!keeps || (kept.state !== 'sent' && kept.state !== 'answered')) {
      return refused('preservation-first', 'name a preservation request that was sent: what is asked for may be gone');
    }
  }
  if (record.kind === 'budapest-29') {
    const { authorityId } = record.addressee;
    const authority = authorityId === undefined ? undefined : await findAuthority(tx, authorityId);
    const bound = authority?.instruments.some((one) => one === 'budapest-convention' || one === 'budapest-24-7');
    if (bound !== true) {
      return refused('instrument-not-recorded', 'the registry names no addressee that is bound by the Convention');
    }
  }
  return renews === undefined ? undefined : await renewalFault(tx, renews, record);
};

const renewalFault = async (
  tx: Tx,
  renews: RequestId,
  { kind }: RequestRecord,
): Promise<Outcome<never, MakeFault> | undefined> => {
  const earlier = await findRequest(tx, renews);
  if (earlier === undefined || earlier.kind !== kind) return refused('request-unknown', `no ${kind} request ${renews}`);
  if (earlier.state !== 'sent' && earlier.state !== 'answered') {
    return refused('not-sent', `request ${renews} is ${earlier.state}`);
  }
  // Once: a renewal is not renewed, and no request twice.
  if (earlier.renews !== null || (await findRenewal(tx, renews)) !== undefined) {
    return refused('renewed-already', `request ${renews} was renewed before`);
  }
  return undefined;
};

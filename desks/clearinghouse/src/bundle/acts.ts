import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent, type NewEvent } from '@tutela/ledger/postgres';
import { membersOf, placeReports } from '../queue/queries/placing.js';
import type { Label } from '../triage/judge.js';
import { queueForRouting } from '../triage/queries/pending.js';
import { type BundleAct, bundleActEvent, memberActEvent } from './events.js';
import {
  type BundleRow,
  findBundle,
  labelsOf,
  membershipOf,
  setDecision,
  setDissolved,
  setLeft,
} from './queries/acts.js';
import { lockBundling } from './queries/bundling.js';

interface ActDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** What every act on a bundle says. */
export interface Acting {
  readonly bundleId: string;
  readonly person: string;
  /** In a person's words. */
  readonly reason: string;
}

type Refusal = 'bundle-unknown' | 'bundle-dissolved' | 'bundle-stands' | 'not-decided' | 'no-such-member';

/**
 * One decision for the whole stack, also for reports that join later; each report shows where its label is from. What may
 * not wait and what a person labelled by itself stay as they are.
 */
export const decideBundle = (deps: ActDeps, act: Acting & { readonly label: Label }): Promise<Outcome<null, Refusal>> =>
  change(deps, act, async (tx, bundle, at) => {
    if (bundle.dissolved_at !== null) return refused('bundle-dissolved', 'a dissolved bundle stands for no report');
    const { label, reason, person: by } = act;
    await setDecision(tx, bundle.bundle_id, { label, reason, by, at });
    return done(eventOf('decided', act, at, label));
  });

/** Each report has its own label again. */
export const withdrawDecision = (deps: ActDeps, act: Acting): Promise<Outcome<null, Refusal>> =>
  change(deps, act, async (tx, bundle, at) => {
    if (bundle.decided_label === null) return refused('not-decided', 'nobody has decided on this bundle');
    await setDecision(tx, bundle.bundle_id, undefined);
    return done(eventOf('decision-withdrawn', act, at));
  });

/** Its reports stand alone again, or in their other bundles. Members are kept, so that it can be restored. */
export const dissolveBundle = (deps: ActDeps, act: Acting): Promise<Outcome<null, Refusal>> =>
  change(deps, act, async (tx, bundle, at) => {
    if (bundle.dissolved_at !== null) return refused('bundle-dissolved', 'the bundle is dissolved already');
    await setDissolved(tx, bundle.bundle_id, at);
    return done(eventOf('dissolved', act, at));
  });

export const restoreBundle = (deps: ActDeps, act: Acting): Promise<Outcome<null, Refusal>> =>
  change(deps, act, async (tx, bundle, at) => {
    if (bundle.dissolved_at === null) return refused('bundle-stands', 'the bundle is not dissolved');
    await setDissolved(tx, bundle.bundle_id, undefined);
    return done(eventOf('restored', act, at));
  });

/** Takes one report out, for good unless it is put back: the key that brought it in does not do so again. */
export const removeMember = (
  deps: ActDeps,
  act: Acting & { readonly reportNumber: ReportNumber },
): Promise<Outcome<null, Refusal>> => moveMember(deps, act, 'member', 'member-removed');

export const returnMember = (
  deps: ActDeps,
  act: Acting & { readonly reportNumber: ReportNumber },
): Promise<Outcome<null, Refusal>> => moveMember(deps, act, 'removed', 'member-returned');

const moveMember = (
  deps: ActDeps,
  act: Acting & { readonly reportNumber: ReportNumber },
  from: 'member' | 'removed',
  name: 'member-removed' | 'member-returned',
): Promise<Outcome<null, Refusal>> =>
  change(deps, act, async (tx, { bundle_id }, at) => {
    const { bundleId, reportNumber, person: actor, reason } = act;
    if ((await membershipOf(tx, bundleId, reportNumber)) !== from) {
      return refused(
        'no-such-member',
        `report ${reportNumber} is not ${from === 'member' ? 'in' : 'out of'} the bundle`,
      );
    }
    await setLeft(tx, { bundleId, reportNumber }, from === 'member' ? at : undefined);
    return done(memberActEvent(name, { bundle_id, report_number: reportNumber }, { actor, reason, at }));
  });

const eventOf = (
  act: BundleAct,
  { bundleId, person: actor, reason }: Acting,
  at: UtcInstant,
  label?: Label,
): NewEvent => bundleActEvent(act, bundleId, { actor, reason, at, ...(label !== undefined && { label }) });

/** An act on a bundle, the new place of its reports and the routing of those whose label it changed: one transaction. */
const change = (
  { db, clock }: ActDeps,
  { bundleId }: Acting,
  act: (tx: Tx, bundle: BundleRow, at: UtcInstant) => Promise<Outcome<NewEvent, Refusal>>,
): Promise<Outcome<null, Refusal>> =>
  inTransaction(db, async (tx) => {
    await lockBundling(tx);
    const bundle = await findBundle(tx, bundleId);
    if (bundle === undefined) return refused('bundle-unknown', `there is no bundle ${bundleId}`);
    const at = clock.now();
    const members = await membersOf(tx, bundleId);
    const before = await labelsOf(tx, members);
    const acted = await act(tx, bundle, at);
    if (acted.kind !== 'done') return acted;
    await placeReports(tx, members, at);
    const after = await labelsOf(tx, members);
    await queueForRouting(
      tx,
      members.filter((number) => before.get(number) !== after.get(number)),
      at,
    );
    await appendEvent(tx, acted.value);
    return done(null);
  });

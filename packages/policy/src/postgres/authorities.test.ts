import { type Clock, toInstant, type UtcInstant } from '@tutela/core';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Authority, AuthorityId } from '../authority/authority.js';
import { everything, person, warrant } from '../authority/authority.test-support.js';
import { compileScope } from '../authority/compile-scope.js';
import type { PolicyObject, Role } from '../authority/decision.js';
import { batchDecisions, recheckBatch } from '../authority/decision-batch.js';
import { endAuthority, enterAuthority, noteReportFiled } from './authorities.js';
import { guardLease, watchAuthorities } from './authority-watch.js';
import { dueDeadlines, remindDeadlines } from './deadlines.js';
import { findDecision, recordDecisions } from './decisions.js';
import { itemIsFor, privilegeOf, routeToFilter, ruleOnItem } from './filter-team.js';
import { freeze, liftFreeze } from './freezes.js';
import { activeAuthorities, loadGrounds } from './grounds.js';
import { codeOf, minute, openTestPolicy, type TestPolicy, value } from './policy-database.test-support.js';
import { actorIn, endRole, requestRole } from './roles.js';

let policy: TestPolicy;
let cases = 0;
beforeAll(async () => {
  policy = await openTestPolicy();
});
afterEach(async () => {
  expect(await policy.findings()).toEqual([]);
});
afterAll(() => policy.scratch.close());

const by = (at: UtcInstant) => ({ by: 'staff-1', at });
const newCase = () => `case-${++cases}`;
const authorityOf = (caseRef: string, changes: Partial<Authority> = {}): Authority =>
  warrant({ id: crypto.randomUUID() as string as AuthorityId, caseRef, enteredAt: minute(1), ...changes });
const enter = async (authority: Authority) => value(await policy.act((tx) => enterAuthority(tx, authority))).digest;
const enterVerified = async (authority: Authority, at = minute(2)): Promise<AuthorityId> => {
  expect(await policy.approve(await enter(authority), policy.two, at)).toBe('done');
  return authority.id;
};
const clockAt = (start: UtcInstant) => {
  let now = start;
  const clock: Clock = { now: () => now };
  return { clock, set: (moment: UtcInstant) => (now = moment) };
};
const visible = async (id: AuthorityId, at: UtcInstant) =>
  (await sql<{ seen: boolean }>`select policy.visible(${id}, ${at}) as seen`.execute(policy.db)).rows[0]?.seen;
const heartbeat = async (beat: ReturnType<typeof guardLease>) => codeOf(await beat());

test('an authority grants nothing until a second person has verified it, and shows who that was', async () => {
  const caseRef = newCase();
  const authority = authorityOf(caseRef);
  const digest = await enter(authority);
  expect(await activeAuthorities(policy.db, caseRef, minute(3))).toEqual([]);
  expect(await visible(authority.id, minute(3))).toBe(false);
  expect(await policy.approve(digest, policy.one, minute(2))).toBe('requester-approves');
  expect(await policy.approve(digest, policy.two, minute(2))).toBe('done');
  expect(await activeAuthorities(policy.db, caseRef, minute(3))).toEqual([authority]);
  expect(await activeAuthorities(policy.db, caseRef, minute(1))).toEqual([]);
  expect(await visible(authority.id, minute(3))).toBe(true);
  const { authorities } = await loadGrounds(policy.db, caseRef);
  expect(authorities[0]?.verification).toEqual({ by: ['staff-2'], at: minute(2) });
});

test('what is not an authority, or not its next version, is not entered', async () => {
  const caseRef = newCase();
  const authority = authorityOf(caseRef);
  const fault = async (given: unknown) => codeOf(await policy.act((tx) => enterAuthority(tx, given)));
  expect(await fault({ ...authority, grants: ['look'] })).toBe('malformed-authority');
  expect(await fault({ ...authority, scope: { ...everything, sources: undefined } })).toBe('malformed-authority');
  expect(await fault({ ...authority, scope: { ...everything, addresses: ['192.0.2.1/24'] } })).toBe(
    'malformed-authority',
  );
  expect(await fault({ ...authority, scope: { ...everything, exclusions: [{ reason: 'nothing' }] } })).toBe(
    'malformed-authority',
  );
  expect(await fault({ ...authority, from: authority.to })).toBe('malformed-authority');
  expect(await fault({ ...authority, enteredBy: 'staff-7' })).toBe('person-unknown');
  expect(await fault({ ...authority, version: 2 })).toBe('wrong-version');
  expect(await fault(authority)).toBe('done');
  expect(await fault(authority)).toBe('wrong-version');
  expect(await fault({ ...authority, version: 2, caseRef: 'case-other' })).toBe('other-case');
});

test('a running job stops at the heartbeat after its authority was revoked, expired or replaced', async () => {
  const asked = { step: 'hash', object: { sourceId: 'exhibit-3' } } as const;
  const begin = async (changes: Partial<Authority> = {}) => {
    const caseRef = newCase();
    const authority = authorityOf(caseRef, changes);
    await enterVerified(authority);
    const time = clockAt(minute(3));
    const watch = watchAuthorities(policy.db, caseRef, time.clock);
    const beat = guardLease(watch, asked);
    expect(await heartbeat(beat)).toBe('done');
    return { authority, beat, watch, caseRef, time };
  };
  const revoked = await begin();
  const before = await revoked.watch.scope();
  expect(await revoked.watch.scope()).toBe(before);
  value(await policy.act((tx) => endAuthority(tx, revoked.authority.id, { reason: 'quashed', ...by(minute(4)) })));
  revoked.time.set(minute(5));
  expect(await heartbeat(revoked.beat)).toBe('authority.revoked');
  expect(await visible(revoked.authority.id, minute(5))).toBe(false);
  expect(await visible(revoked.authority.id, minute(3))).toBe(true);

  const expiring = await begin({ to: minute(10) });
  expiring.time.set(minute(9));
  expect(await heartbeat(expiring.beat)).toBe('done');
  expiring.time.set(minute(10));
  expect(await heartbeat(expiring.beat)).toBe('authority.expired');
  expect(await visible(expiring.authority.id, minute(10))).toBe(false);

  const narrowed = await begin();
  await enterVerified({ ...narrowed.authority, version: 2, enteredAt: minute(4), offence: 'corrected' }, minute(5));
  narrowed.time.set(minute(6));
  expect(await heartbeat(narrowed.beat)).toBe('authority.changed');
  expect(await heartbeat(guardLease(narrowed.watch, asked))).toBe('done');

  const superseded = await begin();
  const successor = await enterVerified(authorityOf(superseded.caseRef));
  value(
    await policy.act((tx) =>
      endAuthority(tx, superseded.authority.id, { reason: 'new order', successor, ...by(minute(4)) }),
    ),
  );
  superseded.time.set(minute(5));
  expect(await heartbeat(superseded.beat)).toBe('authority.changed');
  const again = await policy.act((tx) =>
    endAuthority(tx, superseded.authority.id, { reason: 'again', ...by(minute(5)) }),
  );
  expect(codeOf(again)).toBe('ended');
});

test('a request to verify an authority that ended meanwhile has no effect', async () => {
  const authority = authorityOf(newCase());
  const digest = await enter(authority);
  value(await policy.act((tx) => endAuthority(tx, authority.id, { reason: 'entered twice', ...by(minute(2)) })));
  await expect(policy.approve(digest, policy.two, minute(3))).rejects.toMatchObject({ code: 'overtaken' });
  expect(await visible(authority.id, minute(4))).toBe(false);
});

test('a find in plain view freezes at once, and only an authority made after it lifts the freeze', async () => {
  const caseRef = newCase();
  const first = await enterVerified(authorityOf(caseRef));
  const time = clockAt(minute(3));
  const beat = guardLease(watchAuthorities(policy.db, caseRef, time.clock), {
    step: 'match',
    object: { sourceId: 'exhibit-3' },
  });
  expect(await heartbeat(beat)).toBe('done');
  const extent = { kind: 'source', sourceId: 'exhibit-3' } as const;
  const found = { caseRef, extent, foundUnder: first, reason: 'another offence', ...by(minute(4)) };
  const id = await policy.act((tx) => freeze(tx, found));
  time.set(minute(5));
  expect(await heartbeat(beat)).toBe('freeze');
  const lift = async (authority: AuthorityId) =>
    codeOf(await policy.act((tx) => liftFreeze(tx, { caseRef, id, authority, ...by(minute(20)) })));
  expect(await lift(first)).toBe('authority-not-new');
  const second = authorityOf(caseRef, { issuedAt: minute(6), enteredAt: minute(7) });
  const digest = await enter(second);
  expect(await lift(second.id)).toBe('authority-not-in-force');
  await policy.approve(digest, policy.two, minute(8));
  expect(await lift(second.id)).toBe('done');
  expect(await lift(second.id)).toBe('lifted-already');
  time.set(minute(21));
  expect(await heartbeat(beat)).toBe('authority.changed');
  const scope = compileScope(await loadGrounds(policy.db, caseRef), caseRef, minute(21));
  expect(scope.decide({ step: 'match', object: { sourceId: 'exhibit-3' } })).toMatchObject({ authority: second.id });
});

test('roles are granted by a second person, and the filter team has no other', async () => {
  const caseRef = newCase();
  const { one, two } = policy;
  const ask = async (who: typeof one, role: Role, requestedBy = one.id) =>
    policy.act((tx) =>
      requestRole(tx, { caseRef, person: who.id, role }, { requestedBy, reason: 'case', at: minute(3) }),
    );
  const lead = value(await ask(one, 'lead')).digest;
  expect(await policy.approve(lead, two, minute(4))).toBe('done');
  expect(await actorIn(policy.db, caseRef, one.id)).toEqual({ id: 'staff-1', roles: ['lead'] });
  expect(codeOf(await ask(one, 'filter'))).toBe('walls');
  const filter = value(await ask(two, 'filter', one.id)).digest;
  expect(await policy.approve(filter, two, minute(4))).toBe('subject-approves');
  const asked = value(await ask(two, 'filter', two.id)).digest;
  expect(await policy.approve(asked, one, minute(4))).toBe('done');
  value(
    await policy.act((tx) =>
      endRole(tx, { caseRef, person: two.id, role: 'filter' }, { ...by(minute(5)), reason: 'done' }),
    ),
  );
  expect(codeOf(await ask(two, 'examiner'))).toBe('walls');
});

test('what goes to the filter team is hidden from the case team until it is released', async () => {
  const caseRef = newCase();
  const { one, two } = policy;
  const grant = async (who: typeof one, role: Role, approver: typeof one) => {
    const asking = { requestedBy: who.id, reason: 'case', at: minute(3) };
    const { digest } = value(await policy.act((tx) => requestRole(tx, { caseRef, person: who.id, role }, asking)));
    expect(await policy.approve(digest, approver, minute(4))).toBe('done');
    return actorIn(policy.db, caseRef, who.id);
  };
  const [lead, filter] = [await grant(one, 'lead', two), await grant(two, 'filter', one)];
  for (const itemRef of ['item-1', 'item-2'])
    value(await policy.act((tx) => routeToFilter(tx, { caseRef, itemRef, reason: 'counsel named', ...by(minute(5)) })));
  const hiddenInSql = async (item: string) =>
    (await sql<{ hidden: boolean }>`select policy.with_filter(${caseRef}, ${item}) as hidden`.execute(policy.db))
      .rows[0]?.hidden;
  const seen = async (item: string) => {
    const privilege = (await privilegeOf(policy.db, caseRef, [item])).get(item);
    return [itemIsFor(lead, privilege), itemIsFor(filter, privilege), await hiddenInSql(item)];
  };
  expect(await seen('item-1')).toEqual(['hidden', 'shown', true]);
  expect(await seen('item-3')).toEqual(['shown', 'hidden', false]);
  const rule = async (itemRef: string, ruling: 'released' | 'withheld', who = two.id) =>
    codeOf(
      await policy.act((tx) => ruleOnItem(tx, { caseRef, itemRef, ruling, reason: 'read', by: who, at: minute(6) })),
    );
  expect(await rule('item-1', 'released', one.id)).toBe('not-of-the-filter-team');
  expect(await rule('item-3', 'released')).toBe('not-with-filter');
  expect(await rule('item-1', 'released')).toBe('done');
  expect(await rule('item-1', 'withheld')).toBe('ruled-already');
  expect(await rule('item-2', 'withheld')).toBe('done');
  expect(await seen('item-1')).toEqual(['shown', 'hidden', false]);
  expect(await seen('item-2')).toEqual(['hidden', 'shown', true]);
});

test('a decision on thousands of objects is one row for each folder and ground, and is made again from the record', async () => {
  const caseRef = newCase();
  const scope = { ...everything, sources: ['exhibit-3'], exclusions: [{ folders: ['counsel'], reason: 'privileged' }] };
  await enterVerified(authorityOf(caseRef, { scope }));
  const at = minute(3);
  const objects = Array.from({ length: 3000 }, (_, place) => {
    const path = `${['mail', 'pictures', 'counsel'][place % 3]}/${place}`;
    return { ref: `exhibit-3/${path}`, object: { sourceId: 'exhibit-3', path } satisfies PolicyObject };
  });
  const compiled = compileScope(await loadGrounds(policy.db, caseRef), caseRef, at);
  const decided = objects.map(({ ref, object }) => ({
    ref,
    group: object.path.split('/')[0] ?? '',
    decision: compiled.decide({ step: 'attempt', object }),
  }));
  const batches = await batchDecisions({ caseRef, step: 'attempt', at, actor: person('staff-1') }, decided);
  const ids = await policy.act((tx) => recordDecisions(tx, batches, by(at)));
  const stored = await Promise.all(
    ids.map(async (id) => (await findDecision(policy.db, id)) as (typeof batches)[number]),
  );
  expect(stored.map(({ group, count, answer, rule }) => [group, count, answer, rule])).toEqual([
    ['mail', 1000, 'allow', 'grant'],
    ['pictures', 1000, 'allow', 'grant'],
    ['counsel', 1000, 'deny', 'exclusion'],
  ]);
  const grounds = await loadGrounds(policy.db, caseRef);
  const actor = { id: person('staff-1'), roles: ['examiner'] as const };
  for (const batch of stored) {
    const own = objects.filter(({ object }) => object.path.startsWith(`${batch.group}/`));
    expect(codeOf(await recheckBatch(batch, own.reverse(), grounds, { actor }))).toBe('done');
    expect(codeOf(await recheckBatch(batch, own.slice(1), grounds, { actor }))).toBe('other-objects');
    expect(codeOf(await recheckBatch(batch, own, grounds))).toBe('other-actor');
  }
  const counsel = objects.filter(({ object }) => object.path.startsWith('counsel/'));
  const forged = { ...(stored[2] as (typeof stored)[number]), answer: 'allow', rule: 'grant' } as const;
  expect(codeOf(await recheckBatch(forged, counsel, grounds, { actor }))).toBe('decides-otherwise');
});

test('deadlines are told as they come near, once each, until something is done about them', async () => {
  const caseRef = newCase();
  const day = (count: number) => toInstant(new Date(Date.parse(minute(0)) + count * 86_400_000));
  const authority = authorityOf(caseRef, {
    kind: 'detention-order',
    to: day(60),
    reportToJustice: { due: day(5) },
    detention: { until: day(90), extensions: [] },
    retainUntil: day(400),
  });
  await enterVerified(authority);
  const due = async (at: UtcInstant) =>
    (await dueDeadlines(policy.db, at))
      .filter((one) => one.caseRef === caseRef)
      .map(({ kind, state }) => `${kind} ${state}`);
  const remind = async (at: UtcInstant) =>
    (await policy.act((tx) => remindDeadlines(tx, { clock: { now: () => at } })))
      .filter((one) => one.caseRef === caseRef)
      .map(({ kind }) => kind);
  expect(await due(day(0))).toEqual(['report-to-justice ahead']);
  expect(await remind(day(0))).toEqual(['report-to-justice']);
  expect(await remind(day(1))).toEqual([]);
  expect(await due(day(6))).toEqual(['report-to-justice overdue']);
  const filing = { reference: 'Form 5.2, 26-1042', ...by(day(6)) };
  expect(codeOf(await policy.act((tx) => noteReportFiled(tx, authority.id, filing)))).toBe('done');
  expect(codeOf(await policy.act((tx) => noteReportFiled(tx, authority.id, filing)))).toBe('filed-already');
  expect(await due(day(80))).toEqual(['expiry overdue', 'detention-end ahead']);
  expect(await remind(day(80))).toEqual(['expiry', 'detention-end']);
  const extended = { until: day(180), extensions: [{ orderedAt: day(81), fileNumber: '26-2001', until: day(180) }] };
  await enterVerified({ ...authority, version: 2, to: day(200), detention: extended, enteredAt: day(81) }, day(82));
  expect(await due(day(83))).toEqual([]);
  expect(await remind(day(170))).toEqual(['detention-end']);
});

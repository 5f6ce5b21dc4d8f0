import { createHash, randomBytes } from 'node:crypto';
import { done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import type { VouchingRule } from '@tutela/hashlist/transparent';
import { appendEvent } from '@tutela/ledger/postgres';
import type { PersonId } from '@tutela/policy';
import type { ListDeps } from '../deps.js';
import { listEvent, wrote } from '../list-events.js';
import {
  accessOf,
  findList,
  insertAccess,
  insertList,
  insertMember,
  memberName,
  noteAccess,
  putReviewer,
} from '../queries/catalogue.js';
import { canariesOf } from '../queries/curation.js';
import { holdList } from '../queries/tables.js';
import type { ListId, MemberId } from '../schema.js';
import { makeCanaries } from './canaries.js';
import { type Proposed, putUp } from './propose.js';
import { takeOff } from './withdraw.js';

interface By {
  readonly by: string;
}

export interface NewList extends By {
  readonly list: string;
  readonly title: string;
  readonly rule: VouchingRule;
  /** Whose entries its own are, such as the name of the centre. */
  readonly publisher: string;
  /** Entries unique to each recipient. Default 4. */
  readonly canariesEach?: number;
}

/** Opens an empty list: an environment of its own below `/hashsharing/<list>`. */
export const openList = async (
  deps: ListDeps,
  { list, title, rule, publisher, canariesEach = 4, by }: NewList,
): Promise<Outcome<ListId, 'malformed-list' | 'list-exists'>> => {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(list)) return refused('malformed-list', 'a list is named by a-z, 0-9 and -');
  const id = list as ListId;
  const at = deps.clock.now();
  return await inTransaction(deps.db, async (tx) => {
    await holdList(tx, id);
    if ((await findList(tx, id)) !== undefined) return refused('list-exists', `there is a list ${list} already`);
    const member = { name: publisher, username: null, password_sha256: null, requests_per_minute: 1, issued_at: at };
    const publisherId = await insertMember(tx, member);
    await insertList(tx, {
      list_id: id,
      title,
      rule,
      publisher_id: publisherId,
      canaries_each: canariesEach,
      opened_at: at,
    });
    const said = { subjects: [`hashlist/${id}`], payload: { title, rule, canariesEach } };
    const effects = [wrote('list_member', { member_id: publisherId }), wrote('list', { list_id: id })];
    await appendEvent(tx, listEvent('list-opened', { actor: by, at }, { ...said, effects }));
    return done(id);
  });
};

/** Says for whom a person vouches. Their word counts for what is proposed from now on. */
export const nameReviewer = async (
  deps: ListDeps,
  { person, organisation, by }: By & { readonly person: PersonId; readonly organisation: string },
): Promise<void> => {
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    await putReviewer(tx, { person_id: person, organisation, named_at: at });
    const said = { subjects: [`person/${person}`], payload: { organisation } };
    const effects = [wrote('list_reviewer', { person_id: person })];
    await appendEvent(tx, listEvent('list-reviewer-named', { actor: by, at }, { ...said, effects }));
  });
};

export interface Admitted {
  readonly member: MemberId;
  readonly username: string;
  /** Shown this once: only its digest is kept. */
  readonly password: string;
}

/** Makes a member with credentials. They receive nothing until a list is opened to them. */
export const admitMember = async (
  deps: ListDeps,
  asked: By & { readonly name: string; readonly username: string; readonly requestsPerMinute?: number },
): Promise<Outcome<Admitted, 'malformed-username'>> => {
  const { name, username, requestsPerMinute = 600, by } = asked;
  if (!/^[\x21-\x39\x3b-\x7e]{1,100}$/.test(username))
    return refused('malformed-username', 'a username has 1 to 100 visible ASCII characters and no colon');
  const password = randomBytes(32).toString('base64url');
  const at = deps.clock.now();
  const row = { name, username, password_sha256: passwordDigest(password), requests_per_minute: requestsPerMinute };
  const member = await inTransaction(deps.db, async (tx) => {
    const id = await insertMember(tx, { ...row, issued_at: at });
    const said = { subjects: [`hashlist/member/${id}`], payload: { name } };
    const effects = [wrote('list_member', { member_id: id })];
    await appendEvent(tx, listEvent('list-member-admitted', { actor: by, at }, { ...said, effects }));
    return id;
  });
  return done({ member, username, password });
};

export const passwordDigest = (password: string): Buffer => createHash('sha256').update(password, 'utf8').digest();

type AccessFault = 'unknown-list' | 'unknown-member' | 'access-already' | 'person-unknown' | 'too-long';

/**
 * Gives a member a list. Their canaries are put up for two reviewers, and with their signatures the access opens: so two
 * people have agreed to every recipient, and nobody receives a list that could not be traced to them.
 * @returns what reviewers sign; `undefined` for a list without canaries, which opens at once
 */
export const grantAccess = async (
  deps: ListDeps,
  { list, member, by }: { readonly list: ListId; readonly member: MemberId; readonly by: PersonId },
): Promise<Outcome<Proposed | undefined, AccessFault>> =>
  await inTransaction(deps.db, async (tx) => {
    await holdList(tx, list);
    const row = await findList(tx, list);
    if (row === undefined) return refused('unknown-list', `there is no list ${list}`);
    if ((await memberName(tx, member)) === undefined) return refused('unknown-member', `there is no member ${member}`);
    const state = await accessOf(tx, list, member);
    if (state === 'open' || state === 'waiting')
      return refused('access-already', `the access of ${member} is ${state}`);
    const at = deps.clock.now();
    await insertAccess(tx, list, member, at);
    const rows = await makeCanaries(tx, row, member);
    const put = rows.length === 0 ? done(undefined) : await putUp(tx, row, { rows, by, at, recipient: member });
    if (put.kind !== 'done') return await undo(put);
    if (put.value === undefined) await noteAccess(tx, list, member, { opened_at: at });
    await accessEvent(tx, 'list-access-granted', { list, member, by, at });
    return put;
  }).catch((error: unknown) => {
    if (error instanceof Undone) return error.because as Outcome<never, AccessFault>;
    throw error;
  });

/** Carries a refusal out of a transaction that must leave nothing. */
class Undone extends Error {
  readonly because: unknown;
  constructor(because: unknown) {
    super('undone');
    this.because = because;
  }
}
const undo = (because: unknown): Promise<never> => Promise.reject(new Undone(because));

/** Takes the list away from a member, at once; their canaries leave it. */
export const revokeAccess = async (
  deps: ListDeps,
  { list, member, by }: By & { readonly list: ListId; readonly member: MemberId },
): Promise<Outcome<undefined, 'unknown-member'>> =>
  await inTransaction(deps.db, async (tx) => {
    await holdList(tx, list);
    const state = await accessOf(tx, list, member);
    if (state === 'none' || state === 'revoked') return refused('unknown-member', `${member} does not receive ${list}`);
    const at = deps.clock.now();
    await noteAccess(tx, list, member, { revoked_at: at });
    await accessEvent(tx, 'list-access-revoked', { list, member, by, at });
    await takeOff(tx, deps, { list, entries: await canariesOf(tx, list, member), reason: 'no recipient', by });
    return done(undefined);
  });

const accessEvent = async (
  tx: Tx,
  act: 'list-access-granted' | 'list-access-revoked',
  { list, member, by, at }: By & { readonly list: ListId; readonly member: MemberId; readonly at: UtcInstant },
): Promise<void> => {
  const said = { subjects: [`hashlist/${list}`, `hashlist/member/${member}`], payload: {} };
  const effects = [wrote('list_access', { list_id: list, member_id: member })];
  await appendEvent(tx, listEvent(act, { actor: by, at }, { ...said, effects }));
};

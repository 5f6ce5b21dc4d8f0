import { performance } from 'node:perf_hooks';
import { type UnpackLimits, type UnpackOutcome, unpackArchive } from '@tutela/archive';
import { inTransaction } from '@tutela/db';
import type { CompiledScope, Decision } from '@tutela/policy';
import { type AuthorityWatch, watchAuthorities } from '@tutela/policy/postgres';
import { type ArchiveItem, nameOf, objectOf } from '../archive-item.js';
import { obtainAuthorityKey } from '../authority-key.js';
import { authorityOf, decideAll, recordDecided, whileAllowed } from '../decisions.js';
import type { ArchiveDeps } from '../deps.js';
import { closeAll, openAll } from '../item-reader.js';
import { volumesOf } from '../queries/items.js';
import { lockOpenable, type OpenableSet, secretsOfSet } from '../queries/opening.js';
import { setSetState } from '../queries/record.js';
import { openLocks } from '../recovery/lock-material.js';
import { collectMembers, type MemberCollector } from './member-receiver.js';
import { recordOpening } from './record-opening.js';

export interface OpeningOptions {
  readonly limits?: Partial<UnpackLimits>;
  /** Archives within archives, beyond which none is opened. */
  readonly mostDepth?: number;
}

/** `refused`: no authority lets it be opened. `stopped`: it was allowed and is not any more. `waiting`: not all is known. */
export type OpeningEnd =
  | 'opened'
  | 'limit'
  | 'damaged'
  | 'undecidable'
  | 'unsupported'
  | 'refused'
  | 'stopped'
  | 'waiting';

/** The one way out of a running unpacking: thrown by its receiver. */
class NotAllowedAnyMore extends Error {}

const deepest = 8;

/** Opens one archive with what is known, if that is allowed, and keeps what the authority covers of it. */
export const openSet = async (
  deps: ArchiveDeps,
  set: OpenableSet,
  options: OpeningOptions = {},
): Promise<OpeningEnd> => {
  const { db, clock, actor: by } = deps;
  const items = await volumesOf(db, set.setId);
  const [first] = items;
  if (first === undefined || set.format === null) return 'waiting';
  const watch = watchAuthorities(db, first.caseRef, clock);
  const open = decideAll(await watch.scope(), 'open', items);
  const authorityId = authorityOf(open);
  if (authorityId === undefined) {
    await inTransaction(db, (tx) =>
      recordDecided(tx, first.caseRef, [{ step: 'open', items, decision: open }], { by, at: clock.now() }),
    );
    return 'refused';
  }
  if (set.depth >= (options.mostDepth ?? deepest)) {
    await inTransaction(db, (tx) => setSetState(tx, set.setId, 'limit', 'depth-limit'));
    return 'limit';
  }
  const found = await passwordOf(deps, set, first.caseRef, authorityId);
  if (found === 'several' || found === 'none') {
    if (found === 'several')
      await inTransaction(db, (tx) => setSetState(tx, set.setId, set.state, 'several-passwords'));
    return 'waiting';
  }
  return await unpack(deps, set, items, { ...found, open, authorityId, watch, limits: options.limits ?? {} });
};

interface Key {
  readonly password: string;
  readonly lockKey?: string;
}

/** One password for all of its locks; for an archive that is not encrypted none is needed. */
const passwordOf = async (
  deps: ArchiveDeps,
  { setId, encryption }: OpenableSet,
  caseRef: string,
  authorityId: string,
): Promise<Key | 'several' | 'none'> => {
  if (encryption === 'none') return { password: '' };
  const secrets = await secretsOfSet(deps.db, setId, authorityId);
  const [first] = secrets;
  if (first === undefined) return 'none';
  const locks = new Set(secrets.map(({ lockKey }) => lockKey));
  const fitting = new Set(secrets.filter(({ wordId }) => wordId === first.wordId).map(({ lockKey }) => lockKey));
  if (fitting.size < locks.size) return 'several';
  const key = await obtainAuthorityKey(deps, caseRef, authorityId);
  return { password: key.unseal(first.sealed), lockKey: first.lockKey };
};

interface Unpacking extends Key {
  readonly open: Decision;
  /** That allows it. */
  readonly authorityId: string;
  readonly watch: AuthorityWatch;
  readonly limits: Partial<UnpackLimits>;
}

const unpack = async (
  deps: ArchiveDeps,
  set: OpenableSet,
  items: readonly ArchiveItem[],
  { password, lockKey, open, authorityId, watch, limits }: Unpacking,
): Promise<OpeningEnd> => {
  const { db, vault, clock, actor: by } = deps;
  const first = items[0]!;
  const began = performance.now();
  const files = await openAll(deps.reader, items, whileAllowed(watch, 'open', items, authorityId));
  if (files.kind !== 'done') {
    if (files.reason.code === 'stopped') return 'stopped';
    await inTransaction(db, (tx) => setSetState(tx, set.setId, set.state, files.reason.code));
    return 'waiting';
  }
  const stillAllowed = async (): Promise<CompiledScope> => {
    const scope = await watch.scope();
    if (authorityOf(decideAll(scope, 'open', items)) !== authorityId) throw new NotAllowedAnyMore();
    return scope;
  };
  const collector = collectMembers({
    compartment: vault.forCase(first.caseRef),
    scope: stillAllowed,
    archive: objectOf(first),
  });
  try {
    const check =
      lockKey === undefined ? undefined : (await openLocks(deps, first.caseRef, [lockKey])).get(lockKey)?.check;
    const outcome = await unpackArchive({
      format: set.format!,
      volumes: files.value.map(({ descriptor, size }, at) => ({ name: nameOf(items[at]!), descriptor, bytes: size })),
      password,
      ...(check !== undefined && { check }),
      receiver: collector.receiver,
      limits,
    });
    await stillAllowed();
    const { state, reason } = stateAfter(outcome);
    await inTransaction(db, async (tx) => {
      if ((await lockOpenable(tx, set.setId)) === undefined) return;
      const kept = keptOf(state, collector);
      const milliseconds = performance.now() - began;
      await recordOpening(tx, { first, open, ...kept, outcome: reason ?? state, milliseconds }, by, clock.now());
      await setSetState(tx, set.setId, state, reason);
    });
    return state;
  } catch (error) {
    if (error instanceof NotAllowedAnyMore) return 'stopped';
    throw error;
  } finally {
    await collector.abandon();
    await closeAll(files.value);
  }
};

/** What comes out of a damaged archive, or under a wrong password, may be anything: nothing of it is kept. */
const keptOf = (state: OpeningEnd, { members, refused }: MemberCollector) =>
  state === 'opened' || state === 'limit' ? { members, refused } : { members: [], refused: [] };

type After = Extract<OpeningEnd, 'opened' | 'limit' | 'damaged' | 'undecidable' | 'unsupported'>;

const stateAfter = (outcome: UnpackOutcome): { readonly state: After; readonly reason: string | null } => {
  if (outcome.kind === 'done') return { state: 'opened', reason: null };
  const { code } = outcome.reason;
  return { state: outcome.kind === 'limited' ? 'limit' : stateOf(code), reason: code };
};

const stateOf = (code: string): After => {
  if (code === 'wrong-password-or-damaged' || code === 'wrong-password') return 'undecidable';
  return code === 'unsupported' || code === 'links-refused' ? 'unsupported' : 'damaged';
};

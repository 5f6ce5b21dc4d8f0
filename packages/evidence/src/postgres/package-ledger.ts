import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, done, type Outcome, refused } from '@tutela/core';
import type { Db } from '@tutela/db';
import { formatPolicy, type LogPolicy, quorumOf, verifyCosignatures } from '@tutela/ledger';
import { nodeHasher, nodeVerifier } from '@tutela/ledger/node';
import {
  type EventPlace,
  headOver,
  newestWitnessed,
  type OpeningSeal,
  readCaseHistory,
  readTimestamps,
  type StoredHead,
  stampNow,
  type TimeAuthority,
  type Unseal,
} from '@tutela/ledger/postgres';
import { replyOfToken } from '@tutela/ledger/time';
import type { ApprovalSite } from '@tutela/policy';
import { exportedEvent } from '../format/index.js';
import type { LedgerFault, LedgerPart, MissingProof, PackageLedger } from '../package/ports.js';
import { readApprovedExport } from './approved-export.js';
import { eventLine, type Withhold } from './event-lines.js';
import { exportOnce, findExport, holdingPackage, isTaken, placeOfExport } from './exports.js';

export interface PackageLedgerDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Pages on which passkeys are used. */
  readonly site: ApprovalSite;
  /** The key of the log, of its witnesses, and the quorum. */
  readonly policy: LogPolicy;
  readonly timeAuthorities: readonly TimeAuthority[];
  /** Milliseconds that each may take. */
  readonly waits: { readonly checkpoint: number; readonly witnesses: number; readonly timeAuthority: number };
  /** Wakes the sequencer, where it runs in this process. */
  readonly wake?: () => void;
  readonly seal?: OpeningSeal;
  readonly unseal?: Unseal;
  readonly withhold?: Withhold;
}

/**
 * The ledger and the approvals of a node's database, as writing packages needs them. One package is written after the
 * other: each holds a connection for its whole time, and many at once would leave none for what they ask.
 */
export const postgresPackageLedger = (deps: PackageLedgerDeps): PackageLedger => {
  const { db, clock, site, seal } = deps;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    exclusively: (request, write) => {
      const next = turn.then(() =>
        holdingPackage(db, request, async (held) =>
          held === 'held' ? write() : refused('in-progress', 'another process writes this package'),
        ),
      );
      turn = next.catch(() => undefined);
      return next;
    },
    approved: (request) => readApprovedExport({ db, clock, site }, request),
    findExport: (request) => findExport(db, request),
    recordExport: async (facts) => {
      const name = facts.request.content.package;
      if ((await isTaken(db, { name, request: facts.digest })) === 'taken') {
        return refused('name-taken', `${name} is the name of another package`);
      }
      const exported = await exportOnce(db, facts, { site, at: clock.now(), seal });
      if (exported.kind !== 'done') return refused('not-approved', exported.reason.message);
      return done(undefined);
    },
    prove: (request) => prove(deps, request),
  };
};

const prove = async (deps: PackageLedgerDeps, request: string): Promise<Outcome<LedgerPart, LedgerFault>> => {
  const { db, policy, withhold = () => undefined } = deps;
  deps.wake?.();
  const covered = await waitForHead(deps, request);
  if (covered === undefined) {
    return refused('not-covered-yet', 'no checkpoint covers the export yet; the next try goes on from here');
  }
  const { place, caseSeq, caseRef } = covered;
  const witnessed = await waitForQuorum(deps, place, covered.head);
  const stamps = await stampsOver(deps, witnessed.head.size);
  const { size } = witnessed.head;
  const history = await readCaseHistory(db, {
    caseRef,
    throughCaseSeq: caseSeq,
    size,
    ...(deps.unseal && { unseal: deps.unseal }),
  });
  if (history.kind !== 'done') return refused('not-covered-yet', history.reason.message);
  return done({
    policy: formatPolicy(nodeHasher, policy),
    checkpoint: witnessed.head.note,
    size,
    caseSeq,
    events: async function* () {
      for await (const event of history.value.events()) {
        yield eventLine(event, (each) => (each.entry.type === exportedEvent ? undefined : withhold(each)));
      }
    },
    nodes: history.value.nodes,
    timestamps: stamps.timestamps,
    missing: [...witnessed.missing, ...stamps.missing],
  });
};

const pollMs = 100;

/** Asks again until there is an answer or the time is over. */
const waitFor = async <T>(forMs: number, ask: () => Promise<T | undefined>): Promise<T | undefined> => {
  const end = performance.now() + forMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() >= end) return answer;
    await sleep(pollMs);
  }
};

const waitForHead = async ({ db, waits }: PackageLedgerDeps, request: string) =>
  waitFor(waits.checkpoint, async () => {
    const place = await placeOfExport(db, request);
    const head = place && (await headOver(db, place.index));
    const found = await findExport(db, request);
    if (head === undefined || place?.caseSeq === undefined || found === undefined) return undefined;
    return { place, head, caseSeq: place.caseSeq, caseRef: found.caseRef };
  });

interface Witnessed {
  readonly head: StoredHead;
  readonly missing: readonly MissingProof[];
}

/** A head over the export that the quorum has seen; without one in time the best there is, and what it lacks. */
const waitForQuorum = async (
  { db, policy, waits }: PackageLedgerDeps,
  { index }: EventPlace,
  first: StoredHead,
): Promise<Witnessed> => {
  if (policy.quorum === 'none') return { head: first, missing: [] };
  const seen = await waitFor(waits.witnesses, async () => {
    const head = await newestWitnessed(db, policy);
    return head !== undefined && head.size > index ? head : undefined;
  });
  if (seen !== undefined) return { head: seen, missing: [] };
  const head = (await headOver(db, index)) ?? first;
  const keys = policy.witnesses.map(({ key }) => key);
  const cosigned = await verifyCosignatures(nodeVerifier, keys, head.note);
  const signed = cosigned.kind === 'done' ? cosigned.value : [];
  if (quorumOf(policy, signed) === 'reached') return { head, missing: [] };
  const names = signed.map(({ key }) => key.name).join(', ');
  const why = `the quorum ${policy.quorum} is not reached; ${names === '' ? 'no witness has' : names} signed in time`;
  return { head, missing: [{ what: 'witness-quorum', why }] };
};

const stampsOver = async ({ db, clock, timeAuthorities, waits }: PackageLedgerDeps, size: bigint) => {
  const order = { authorities: timeAuthorities, clock, timeoutMs: waits.timeAuthority };
  const asked = await stampNow(db, order, size);
  const stored = await readTimestamps(db, size);
  const names = new Set<string>();
  const timestamps = stored.map(({ authority, token, chain }) => ({
    authority: fileNameOf(authority, names),
    reply: replyOfToken(token),
    roots: chain,
  }));
  const failed = asked.kind === 'done' ? asked.value.flatMap((each) => (each.result === 'failed' ? [each] : [])) : [];
  const missing: MissingProof[] = failed.map(({ authority, why }) => ({
    what: 'time-stamp',
    why: `${authority}: ${why}`,
  }));
  if (timestamps.length === 0 && missing.length === 0) {
    missing.push({ what: 'time-stamp', why: 'no authority of time is configured' });
  }
  return { timestamps, missing };
};

/** Names of authorities are an operator's; in a package they are names of files, each once. */
const fileNameOf = (authority: string, taken: Set<string>): string => {
  const plain = authority.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  const name = plain.replace(/^[.-]+/, '').slice(0, 60) || 'authority';
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  taken.add(free);
  return free;
};

import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';
import { caseRef, count, counts, instant, nullable, text, uuid } from './shape.js';

/** `limit`: a stated limit was reached, which is a finding; `sealed`: its password is known and may not be used. */
export const archiveState = Type.Enum([
  'open-able',
  'locked',
  'unlocked',
  'sealed',
  'opened',
  'exhausted',
  'undecidable',
  'damaged',
  'unsupported',
  'limit',
]);
export const archiveCountsBody = Type.Object({
  counts: Type.Array(
    Type.Object({
      format: nullable(text),
      encryption: nullable(text),
      state: archiveState,
      archives: count,
      bytes: count,
    }),
  ),
});
export const archiveBody = Type.Object({
  setId: text,
  state: archiveState,
  reason: nullable(text),
  format: nullable(text),
  encryption: nullable(text),
  bytes: count,
  volumes: count,
  /** Numbers of volumes that are not here. */
  missing: Type.Array(count),
  members: count,
  leads: count,
  path: nullable(text),
  account: nullable(text),
  /** Under which its header was read. */
  authorityId: text,
});
export const archiveQuery = Type.Object({
  ...windowQuery,
  state: Type.Optional(archiveState),
  format: Type.Optional(Type.Enum(['rar5', 'rar4', 'zip', '7z'])),
  account: Type.Optional(Type.String({ maxLength: 500 })),
});
/** By `setId`. */
export const archivesBody = windowBody(archiveBody);
export const archiveParams = Type.Object({ caseRef, setId: uuid });
export const archiveFileBody = Type.Object({
  ...archiveBody.properties,
  locks: Type.Array(
    Type.Object({
      lockKey: text,
      kdf: text,
      rounds: count,
      scheme: text,
      hashcatMode: nullable(count),
      noLine: nullable(text),
      secrets: count,
    }),
  ),
  contents: Type.Array(
    Type.Object({
      name: text,
      kind: text,
      bytes: nullable(count),
      encrypted: text,
      leads: Type.Array(text),
    }),
  ),
  /** How its passwords were found, and under which authority. The passwords are sealed and never told. */
  opened: Type.Array(
    Type.Object({
      foundBy: Type.Enum(['hints', 'spread', 'block']),
      verified: Type.Enum(['by-opening', 'by-check-only', 'undecided']),
      authorityId: text,
      foundAt: instant,
    }),
  ),
});

/** The search for passwords, by authority. `atMostSecondsLeft` is null where nothing is known to reckon with. */
export const recoveryBody = Type.Object({
  runs: Type.Array(
    Type.Object({
      authorityId: text,
      state: Type.Enum(['not-begun', 'running', 'ended']),
      endedBecause: nullable(text),
      /** In seconds of one processor. */
      stopRule: nullable(Type.Object({ mostSecondsPerLock: Type.Number(), mostSeconds: Type.Number() })),
      startedAt: nullable(instant),
      locks: counts,
      secrets: counts,
      checks: count,
      workedSeconds: Type.Number(),
      leases: count,
      kinds: Type.Array(Type.Object({ kdf: text, checks: count, checksPerSecond: nullable(Type.Number()) })),
      atMostSecondsLeft: nullable(Type.Number()),
    }),
  ),
  /** Archives of the case by state: what no forecast may hide. */
  archives: counts,
});

export type ArchiveCountsBody = Static<typeof archiveCountsBody>;
export type ArchiveBody = Static<typeof archiveBody>;
export type ArchivesBody = Static<typeof archivesBody>;
export type ArchiveFileBody = Static<typeof archiveFileBody>;
export type RecoveryBody = Static<typeof recoveryBody>;

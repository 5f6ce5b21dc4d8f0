import { type Clock, type JsonObject, newId, systemClock, type UtcInstant } from '@tutela/core';
import { appendEvent } from '@tutela/ledger/postgres';
import { type Kysely, sql } from 'kysely';
import type { KeyId, ObjectName } from '../store/object-store.js';
import type { ScrubFinding, ScrubProgress, Vault } from '../vault.js';

export interface ScrubRun extends Omit<ScrubProgress, 'reached'> {
  readonly id: string;
  /** Where the objects lie. */
  readonly place: string;
  readonly startedAt: UtcInstant;
  readonly verdict: 'intact' | 'damaged' | 'interrupted';
  /** All of them; the first thousand are named. */
  readonly found: number;
  readonly findings: readonly ScrubFinding[];
}

export interface ScrubRunDeps {
  readonly db: Kysely<unknown>;
  readonly vault: Vault;
  /** Pseudonym of who asked for it. */
  readonly actor: string;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Omit<ScrubProgress, 'reached'>) => void;
}

interface RunRow {
  readonly id: string;
  readonly started_at: UtcInstant;
  readonly reached_key: KeyId | null;
  readonly reached_name: string | null;
  readonly objects: string;
  readonly bytes: string;
  readonly shredded: string;
  readonly findings: readonly ScrubFinding[];
  readonly found: string;
}

const findingsKept = 1000;
const saveEveryMs = 2000;

/**
 * Scrubs the vault and keeps what it found; goes on where an interrupted run had come to. The end of a run is an event of
 * the ledger.
 */
export const scrubAndRecord = async (deps: ScrubRunDeps): Promise<ScrubRun> => {
  const { db, vault, clock = systemClock, signal, onProgress } = deps;
  const place = vault.places.objects;
  const row = (await unfinished(db, place)) ?? (await begin(db, place, clock.now()));
  const before = { objects: Number(row.objects), bytes: Number(row.bytes), shredded: Number(row.shredded) };
  const after = reachedBy(row);
  let saved = Date.now();
  const runOf = (progress: ScrubProgress, findings: readonly ScrubFinding[]): SavedRun => ({
    id: row.id,
    ...sum(before, progress),
    ...(progress.reached && { reached: progress.reached }),
    findings: [...row.findings, ...findings].slice(0, findingsKept),
    found: Number(row.found) + findings.length,
  });
  const report = await vault.scrub({
    shredded: await destroyedKeys(db),
    ...(after && { after }),
    ...(signal && { signal }),
    onProgress: async (progress, findings) => {
      onProgress?.(sum(before, progress));
      if (Date.now() - saved < saveEveryMs) return;
      await save(db, runOf(progress, findings));
      saved = Date.now();
    },
  });
  const run = runOf(report, report.findings);
  const ended = { place, startedAt: row.started_at, ...run };
  if (report.end === 'interrupted') {
    await save(db, run);
    return { ...ended, verdict: 'interrupted' };
  }
  await end(deps, run, clock.now());
  return { ...ended, verdict: run.found === 0 ? 'intact' : 'damaged' };
};

interface SavedRun extends ScrubProgress {
  readonly id: string;
  readonly findings: readonly ScrubFinding[];
  readonly found: number;
}

const sum = (one: Omit<ScrubProgress, 'reached'>, other: ScrubProgress): Omit<ScrubProgress, 'reached'> => ({
  objects: one.objects + other.objects,
  bytes: one.bytes + other.bytes,
  shredded: one.shredded + other.shredded,
});

const reachedBy = ({ reached_key: keyId, reached_name: name }: RunRow): ObjectName | undefined =>
  keyId === null || name === null ? undefined : { keyId, name };

const unfinished = async (db: Kysely<unknown>, place: string): Promise<RunRow | undefined> => {
  const { rows } = await sql<RunRow>`
    select * from vault.scrub where place = ${place} and ended_at is null order by started_at desc limit 1`.execute(db);
  return rows[0];
};

const begin = async (db: Kysely<unknown>, place: string, at: UtcInstant): Promise<RunRow> => {
  const { rows } = await sql<RunRow>`
    insert into vault.scrub (id, place, started_at) values (${newId()}, ${place}, ${at}) returning *`.execute(db);
  return rows[0] as RunRow;
};

const save = async (
  db: Kysely<unknown>,
  { id, reached, objects, bytes, shredded, findings, found }: SavedRun,
): Promise<void> => {
  await sql`
    update vault.scrub
       set reached_key = ${reached?.keyId ?? null}, reached_name = ${reached?.name ?? null}, objects = ${objects},
           bytes = ${bytes}, shredded = ${shredded}, findings = ${JSON.stringify(findings)}::jsonb, found = ${found}
     where id = ${id}`.execute(db);
};

const columns = ['place', 'started_at', 'ended_at', 'objects', 'bytes', 'shredded', 'findings', 'found'];

const end = ({ db, actor }: ScrubRunDeps, run: SavedRun, at: UtcInstant): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await save(tx, run);
    await sql`update vault.scrub set ended_at = ${at} where id = ${run.id}`.execute(tx);
    const { objects, bytes, shredded, found } = run;
    const payload: JsonObject = { objects, bytes, shredded, found };
    const effects = [{ kind: 'written', table: 'vault.scrub', key: { id: run.id }, columns }] as const;
    await appendEvent(tx, { type: 'vault.scrubbed', actor, at, subjects: [`scrub:${run.id}`], payload, effects });
  });

const destroyedKeys = async (db: Kysely<unknown>): Promise<ReadonlySet<KeyId>> => {
  const { rows } = await sql<{ key_id: KeyId }>`
    select key_id from vault.shredding union select key_id from vault.destroyed_key`.execute(db);
  return new Set(rows.map(({ key_id }) => key_id));
};

export interface LastScrub {
  readonly startedAt: UtcInstant;
  /** Absent while it runs, and when it was interrupted. */
  readonly endedAt?: UtcInstant;
  readonly objects: number;
  readonly found: number;
}

export const lastScrub = async (db: Kysely<unknown>, vault: Vault): Promise<LastScrub | undefined> => {
  const { rows } = await sql<RunRow & { ended_at: UtcInstant | null }>`
    select * from vault.scrub where place = ${vault.places.objects} order by started_at desc limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { started_at: startedAt, ended_at: endedAt, objects, found } = row;
  return { startedAt, ...(endedAt && { endedAt }), objects: Number(objects), found: Number(found) };
};

import type { OpenImage } from '@tutela/image';
import { watchAuthorities } from '@tutela/policy/postgres';
import { accountsBy } from './account.js';
import { type AllowanceGuard, guardAllowance } from './allowance-guard.js';
import { type AuthorityGate, openGate } from './authority-gate.js';
import { commitUnit, type ReadItem, type UnitResult } from './commit-unit.js';
import type { SeizureDeps } from './deps.js';
import { type Beat, startHeartbeat } from './heartbeat.js';
import { openSourceImage, openToolLog } from './image/source-image.js';
import { below } from './paths.js';
import { type PlanDeps, type PlannedFile, type UnitPlan, unlistableFolder } from './plan/plan.js';
import { planImageUnit, planUnit } from './plan/plan-unit.js';
import type { ShareCache } from './plan/share-cache.js';
import { findPass, findSource, passState, type SourceRow } from './queries/sources.js';
import { findUnit, type UnitRow } from './queries/units.js';
import type { PieceDigester } from './read/piece-digester.js';
import { readDrawn } from './read/read-drawn.js';
import { type ReadFile, readFile } from './read/read-file.js';
import { itemOf, lookedAt } from './read-item.js';
import type { PassOptions, UnitId } from './schema.js';

export interface RunUnitDeps extends SeizureDeps {
  readonly digester: () => PieceDigester;
  readonly shares: ShareCache;
}

/** How many small files are read before others get their turn on this thread. */
const turnEvery = 32;

/**
 * Reads a unit and commits what was found. Run again, by the same or another worker, it changes nothing once it is done
 * (test: "a unit that is run twice is written once").
 */
export const runUnit = async (deps: RunUnitDeps, unitId: UnitId, attempt: number): Promise<void> => {
  const unit = await findUnit(deps.db, unitId);
  if (unit === undefined || unit.state !== 'waiting' || unit.attempt !== attempt) return;
  const [pass, source] = await Promise.all([findPass(deps.db, unit.pass_id), findSource(deps.db, unit.source_id)]);
  if (pass === undefined || source === undefined) return;
  const watch = watchAuthorities(deps.db, unit.case_ref, deps.clock);
  const beat = startHeartbeat(watch, () => passState(deps.db, unit.pass_id));
  const gate = openGate(unit.source_id, `unit/${unitId}`, accountsBy(source.account_path));
  const result = await work({ ...deps, unit, source, options: pass.options, gate, beat });
  if (result !== 'paused') await commitUnit(deps, unit, pass.options.extentBytes, gate, result);
};

interface UnitWork extends RunUnitDeps {
  readonly unit: UnitRow;
  readonly source: SourceRow;
  readonly options: PassOptions;
  readonly gate: AuthorityGate;
  readonly beat: () => Promise<Beat>;
}

const work = async (on: UnitWork): Promise<UnitResult | 'paused'> => {
  const began = performance.now();
  const tools = openToolLog();
  const finish = (result: Omit<UnitResult, 'milliseconds' | 'tools'>): UnitResult => ({
    ...result,
    milliseconds: performance.now() - began,
    tools: tools.summary(),
  });
  const first = await on.beat();
  if (first.kind === 'paused') return 'paused';
  const whole = first.scope.decide({ step: 'hash', object: { sourceId: on.source.source_id } });
  if (whole.answer !== 'allow') return finish(stoppedBy(whole.rule, []));
  const root = Buffer.from(on.source.locator);
  const planning: PlanDeps = { root, options: on.options, gate: on.gate, scope: first.scope };
  const mayGoOn = guardAllowance(on.beat, whole, (scope) =>
    scope.decide({ step: 'hash', object: { sourceId: on.source.source_id } }),
  );
  const opened = on.source.kind === 'image' ? await openSourceImage(on.source, tools, mayGoOn.ask) : undefined;
  if (opened !== undefined && opened.kind !== 'done') {
    const { code } = opened.reason;
    if (code === 'stopped') return mayGoOn.why() === 'paused' ? 'paused' : finish(stoppedBy(mayGoOn.why(), []));
    const items = [itemOf(on, unlistableFolder(planning, imageItself), { state: 'unreadable' }, first)];
    return finish({ state: 'done', reason: code, items, units: [], refused: 0 });
  }
  try {
    return await workThrough(on, planning, opened?.value.image, { mayGoOn, first, finish });
  } finally {
    opened?.value.close();
  }
};

/** Stands for an image that cannot be opened. */
const imageItself = Buffer.from('image');

const workThrough = async (
  on: UnitWork,
  planning: PlanDeps,
  image: OpenImage | undefined,
  {
    mayGoOn,
    first,
    finish,
  }: {
    readonly mayGoOn: AllowanceGuard;
    readonly first: Beat;
    readonly finish: (result: Omit<UnitResult, 'milliseconds' | 'tools'>) => UnitResult;
  },
): Promise<UnitResult | 'paused'> => {
  const plan =
    image === undefined
      ? await planUnit(planning, on.unit.locator, on.shares, mayGoOn.ask)
      : await planImageUnit(planning, on.unit.locator, image);
  if (plan === 'stopped') return mayGoOn.why() === 'paused' ? 'paused' : finish(stoppedBy(mayGoOn.why(), []));
  const read = await readAll(on, planning.root, plan);
  if (read.kind === 'paused') return 'paused';
  if (read.kind === 'stopped') return finish(stoppedBy(read.rule, read.items));
  for (const { path, decision } of plan.refused) on.gate.note('hash', path, decision);
  return finish({
    state: 'done',
    reason: plan.reason ?? null,
    items: [
      ...read.items,
      ...plan.unreadableFolders.map((folder) =>
        itemOf(on, unlistableFolder(planning, folder), { state: 'unreadable' }, first),
      ),
    ],
    units: plan.units,
    refused: plan.refused.length,
  });
};

const stoppedBy = (rule: string, items: readonly ReadItem[]): Omit<UnitResult, 'milliseconds' | 'tools'> => ({
  state: 'stopped-by-authority',
  reason: rule,
  items,
  units: [],
  refused: 0,
});

type ReadAll =
  | { readonly kind: 'read'; readonly items: readonly ReadItem[] }
  | { readonly kind: 'stopped'; readonly rule: string; readonly items: readonly ReadItem[] }
  | { readonly kind: 'paused' };

/** Every file is asked about again right before it is opened: what held when the unit was planned may have ended. */
const readAll = async (on: UnitWork, root: Buffer, plan: UnitPlan): Promise<ReadAll> => {
  const items: ReadItem[] = [];
  for (const [index, file] of plan.files.entries()) {
    const mayGoOn = guardAllowance(on.beat, file.decision, (scope) => on.gate.decide(scope, 'hash', lookedAt(file)));
    const goesOn = await mayGoOn.ask();
    const read = goesOn === 'stops' ? ({ state: 'stopped' } as const) : await readOne(on, root, file, mayGoOn.ask);
    if (read.state === 'stopped') {
      const why = mayGoOn.why();
      if (why === 'paused') return { kind: 'paused' };
      if (goesOn === 'goes-on') on.gate.note('hash', file.path, file.decision);
      return { kind: 'stopped', rule: why, items };
    }
    items.push(itemOf(on, file, read, await on.beat()));
    if (index % turnEvery === turnEvery - 1) await new Promise(setImmediate);
  }
  return { kind: 'read', items };
};

const readOne = async (
  on: UnitWork,
  root: Buffer,
  file: PlannedFile,
  mayGoOn: () => Promise<'goes-on' | 'stops'>,
): Promise<ReadFile | { readonly state: 'not-a-file' }> => {
  if (file.kind === 'not-a-file') return { state: 'not-a-file' };
  if (file.kind === 'gone') return { state: 'unreadable' };
  const { digester, options } = on;
  const reading = { digester, extentBytes: options.extentBytes, mayGoOn };
  return file.draw === undefined
    ? readFile(below(root, file.path), file.size, reading)
    : readDrawn(file.draw(), file.size, reading);
};

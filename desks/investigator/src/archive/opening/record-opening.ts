import type { UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { batchDecisions, type Decision, type DecisionBatch } from '@tutela/policy';
import { recordDecisions } from '@tutela/policy/postgres';
import { InvestigatorError } from '../../investigator-error.js';
import { digestOfPath, printedPath } from '../../seizure/paths.js';
import { type FoundItem, replaceItems } from '../../seizure/queries/items.js';
import { finishUnit, insertUnits } from '../../seizure/queries/units.js';
import type { ItemId, PassId, SourceId, UnitId } from '../../seizure/schema.js';
import { workedEffect } from '../../seizure/tell-units.js';
import { unitIdOf } from '../../seizure/unit-id.js';
import type { ArchiveItem } from '../archive-item.js';
import { unitOfItem } from '../queries/opening.js';
import type { ReadMember } from './member-receiver.js';

export interface Opened {
  readonly first: ArchiveItem;
  readonly open: Decision;
  readonly members: readonly ReadMember[];
  readonly refused: readonly Decision[];
  /** State and reason of the archive from now on. */
  readonly outcome: string;
  readonly milliseconds: number;
}

/** Writes the members of an archive as items below it, with the unit and the event that vouch for them. */
export const recordOpening = async (tx: Tx, opened: Opened, by: string, at: UtcInstant): Promise<void> => {
  const { first, members, refused, outcome, milliseconds } = opened;
  const home = await unitOfItem(tx, first.itemId);
  if (home === undefined) throw new InvestigatorError('no-such-unit', `item ${first.itemId} belongs to no unit`);
  const locator = { kind: 'archive', itemId: first.itemId } as const;
  const unitId = unitIdOf(home.passId as PassId, locator);
  const batches = await decisionsOf(opened, at);
  const ids = await recordDecisions(tx, batches, { by, at });
  await insertUnits(tx, [
    {
      unit_id: unitId,
      pass_id: home.passId as PassId,
      source_id: first.sourceId as SourceId,
      case_ref: first.caseRef,
      parent_unit_id: home.unitId as UnitId,
      kind: 'archive',
      locator: JSON.stringify(locator),
      state: 'done',
      items_sha256: null,
      milliseconds: null,
      finished_at: null,
      reason: null,
    },
  ]);
  const seen = new Map<string, number>();
  const items = members.map((member) => itemOf(member, first, unitId, batches, ids, seen));
  // Extents are for files that are read in their place; members have none.
  await replaceItems(tx, { unitId, attempt: 0, extentBytes: 1 }, items);
  await finishUnit(tx, unitId, {
    state: 'done',
    files: items.length,
    bytes: members.reduce((sum, { size }) => sum + size, 0),
    unreadable: 0,
    refused: refused.length,
    milliseconds: Math.round(milliseconds),
    finished_at: at,
    reason: outcome === 'opened' ? null : outcome,
  });
  await appendEvent(tx, {
    type: 'investigator.archive-opened',
    actor: by,
    at,
    subjects: [`investigator/item/${first.itemId}`],
    caseRef: first.caseRef,
    payload: { unit: unitId, outcome, members: items.length, refused: refused.length },
    effects: [workedEffect(unitId)],
  });
};

const decisionsOf = async ({ first, open, members, refused }: Opened, at: UtcInstant): Promise<DecisionBatch[]> => {
  const group = `members of item ${first.itemId}`;
  const about = { caseRef: first.caseRef, at };
  const refOf = (path: string): string => `${first.sourceId}/${first.itemId}/${digestOfPath(Buffer.from(path))}`;
  const told = (step: 'hash' | 'list' | 'store') =>
    members.map(({ path, decisions }) => ({ ref: refOf(path), group, decision: decisions[step] }));
  const passedBy = refused.map((decision, at) => ({
    ref: `${first.sourceId}/${first.itemId}/refused/${at}`,
    group,
    decision,
  }));
  return [
    ...(await batchDecisions({ ...about, step: 'open' }, [{ ref: `item ${first.itemId}`, group, decision: open }])),
    ...(await batchDecisions({ ...about, step: 'hash' }, [...told('hash'), ...passedBy])),
    ...(await batchDecisions({ ...about, step: 'list' }, told('list'))),
    ...(await batchDecisions({ ...about, step: 'store' }, told('store'))),
  ];
};

const itemOf = (
  member: ReadMember,
  first: ArchiveItem,
  unitId: UnitId,
  batches: readonly DecisionBatch[],
  ids: readonly string[],
  seen: Map<string, number>,
): FoundItem => {
  const { hash, list } = member.decisions;
  if (hash.answer !== 'allow') throw new InvestigatorError('undecided', 'only what is allowed is kept');
  const id =
    ids[
      batches.findIndex(
        ({ step, answer, authority, version }) =>
          step === 'hash' && answer === 'allow' && authority === hash.authority && version === hash.version,
      )
    ];
  if (id === undefined) throw new InvestigatorError('undecided', 'a member was read without a decision');
  const count = seen.get(member.path) ?? 0;
  seen.set(member.path, count + 1);
  // PostgreSQL keeps no NUL in text.
  const raw = Buffer.from(member.path.replaceAll('\0', '\uFFFD'));
  const name = list.answer === 'allow' ? printedPath(raw) : undefined;
  return {
    extents: [],
    row: {
      case_ref: first.caseRef,
      source_id: first.sourceId as SourceId,
      parent_item_id: first.itemId as ItemId,
      unit_id: unitId,
      path: name?.text ?? null,
      path_bytes: name?.bytes ?? null,
      // An archive may hold a name twice.
      path_sha256: digestOfPath(count === 0 ? raw : Buffer.concat([raw, Buffer.from(`\0${count}`)])),
      size: member.size,
      sha256: member.sha256,
      sha1: member.sha1,
      md5: member.md5,
      file_class: member.fileClass,
      media_type: member.mediaType,
      state: 'digested',
      modified_at: null,
      account: first.account,
      authority_id: hash.authority,
      decision_id: id,
    },
  };
};

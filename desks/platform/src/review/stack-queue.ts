import type { Db } from '@tutela/db';
import { readWindow, type Stretch, type WindowAsked } from '@tutela/window';
import type { StackBody, StackHistoryBody, StackNeighboursBody, StacksWindowBody } from '../api/stacks.js';
import { decisionHistory } from '../queries/decision-history.js';
import { countStacks, readStackPlaces, type StackFilter, type StackPlace } from '../queries/stack-window.js';
import { listStacks, matchesOfStack, type StackRow, stackViews } from '../queries/stacks.js';

/** A window of the stacks that a filter leaves, newest first: only those that are shown are summed up. */
export const stackWindow = async (db: Db, filter: StackFilter, asked: WindowAsked): Promise<StacksWindowBody> => {
  const source = {
    read: (stretch: Stretch) => readStackPlaces(db, filter, stretch),
    count: () => countStacks(db, filter),
    keyOf: ({ made_at, stack_id }: StackPlace) => [made_at, stack_id],
    keyLength: 2,
  };
  const window = await readWindow(source, asked);
  const stacks = window.rows.map(({ stack_id }) => stack_id);
  const rows =
    stacks.length === 0 ? [] : await listStacks(db, { state: 'all', limit: stacks.length, without: [], stacks });
  const byId = new Map(rows.map((row) => [row.stackId, row]));
  return { ...window, rows: stacks.flatMap((id) => byId.get(id) ?? []).map(stackJson) };
};

/** The stacks beside one in the queue that a filter leaves, whether it is in there itself or not. */
export const stacksBeside = async (db: Db, filter: StackFilter, stack: StackRow): Promise<StackNeighboursBody> => {
  const past = [stack.madeAt, stack.stackId];
  const nearest = async (direction: Stretch['direction']) =>
    (await readStackPlaces(db, filter, { direction, past, skip: 0, limit: 1 }))[0]?.stack_id ?? null;
  return { before: await nearest('up'), after: await nearest('down') };
};

/** Told of the first so many matches; a stack may hold thousands of one file. */
const matchesTold = 500;
const viewsTold = 100;

export const stackHistory = async (db: Db, stack: StackRow): Promise<StackHistoryBody> => {
  const [decisions, views] = await Promise.all([
    matchesOfStack(db, stack.stackId, matchesTold).then((matches) => decisionHistory(db, matches)),
    stackViews(db, stack.stackId, viewsTold),
  ]);
  const found = { id: 'found', type: 'found' as const, at: stack.madeAt, actor: 'tutela', reason: null };
  const events = [
    ...decisions,
    ...views.map((view) => ({ ...view, type: 'viewed' as const, matches: 1 })),
    { ...found, matches: 1 },
  ];
  return { events: events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)) };
};

export const stackJson = ({ decision, basis, decidedBy, decidedAt, reason, ...row }: StackRow): StackBody => ({
  ...row,
  earlier:
    decision === null || basis === null || decidedBy === null || decidedAt === null || reason === null
      ? null
      : { decision, basis, decidedBy, decidedAt, reason },
});

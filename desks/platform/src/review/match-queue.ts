import type { Db } from '@tutela/db';
import { readWindow, type WindowAsked } from '@tutela/window';
import type { MatchBody, MatchesBody } from '../api/index.js';
import { decisionHistory } from '../queries/decision-history.js';
import {
  countMatchWindow,
  type MatchFilter,
  matchEvents,
  readMatchWindow,
  stackOfMatch,
} from '../queries/match-window.js';
import { matchById } from '../queries/matches.js';

/** A window of the matches that a filter leaves, newest first. */
export const matchWindow = async (db: Db, filter: MatchFilter, asked: WindowAsked): Promise<MatchesBody> => {
  const source = {
    read: (stretch: Parameters<typeof readMatchWindow>[2]) => readMatchWindow(db, filter, stretch),
    count: () => countMatchWindow(db, filter),
    keyOf: (row: { readonly found_at: string; readonly id: string }) => [row.found_at, row.id],
    keyLength: 2,
  };
  const window = await readWindow(source, asked);
  return { ...window, rows: window.rows.map(rowOf) };
};

/** One match with its history; `undefined` where there is none. */
export const matchFile = async (db: Db, id: string): Promise<MatchBody | undefined> => {
  const match = await matchById(db, id);
  if (match === undefined) return undefined;
  const [events, decisions, stack] = await Promise.all([
    matchEvents(db, id),
    decisionHistory(db, [id]),
    stackOfMatch(db, id),
  ]);
  const told = events.map((event) => ({ id: `${event.type} ${event.at}`, ...event }));
  const decided = decisions.map(({ id: event, type, at, actor, reason }) => ({ id: event, type, at, actor, reason }));
  return {
    ...rowOf(match),
    sha256: match.sha256.toString('hex'),
    sha1: match.sha1.toString('hex'),
    md5: match.md5.toString('hex'),
    stack,
    history: [...told, ...decided].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  };
};

type Row = Awaited<ReturnType<typeof readMatchWindow>>[number];

const rowOf = ({ id, decision, found_at, account, name, size, kind, distance, list }: Row) => ({
  id,
  state: decision ?? ('waiting' as const),
  foundAt: found_at,
  account,
  name,
  size,
  kind,
  distance: distance ?? 0,
  list,
});

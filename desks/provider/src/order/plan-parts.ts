import { createHash } from 'node:crypto';
import type { Observation } from '@tutela/attribution';
import { canonicalJson } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { z } from 'zod';
import { dayName } from '../ingest/day-segments.js';
import { ProviderError } from '../provider-error.js';
import { listRules, rulesNamed } from '../queries/rules.js';
import { keptSegments, segmentsNamed } from '../queries/segments.js';
import type { PlanParts } from '../segments/look-up-plan.js';
import { declarationDigest } from '../source/declared-source.js';
import { declaredSources } from '../source/keep-sources.js';

const dayMs = 86_400_000;

/**
 * What observations may be looked up in: all sources and enabled rules, and the segments of the days around each, and
 * around its date with day and month exchanged, as the check for mistakes needs them.
 */
export const planFor = async (tx: Tx, observations: readonly Observation[]): Promise<PlanParts> => {
  if (observations.length === 0) return { sources: [], segments: [], rules: [] };
  const days = new Set(observations.flatMap(daysAround));
  return {
    sources: await declaredSources(tx),
    segments: await keptSegments(tx, [...days].sort()),
    rules: (await listRules(tx)).filter(({ enabled_at }) => enabled_at !== null),
  };
};

const daysAround = ({ from, to }: Observation): readonly string[] => {
  const moved = (exchanged(to.at) ?? to.at) - to.at;
  return [0, moved].flatMap((by) => {
    const days: string[] = [];
    for (let at = from.at + by - 2 * dayMs; at <= to.at + by + 2 * dayMs; at += dayMs) days.push(dayName(at));
    return [...days, dayName(to.at + by + 2 * dayMs)];
  });
};

const exchanged = (at: number): number | undefined => {
  const date = new Date(at);
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
  return day > 12
    ? undefined
    : at + Date.UTC(date.getUTCFullYear(), day - 1, month) - Date.UTC(date.getUTCFullYear(), month - 1, day);
};

const documentSchema = z.strictObject({
  format: z.literal('tutela-look-up-plan/1'),
  sources: z.array(z.strictObject({ exporter: z.string(), sha256: z.string() })),
  segments: z.array(z.string()),
  rules: z.array(z.string()),
});

/** Names everything by digest: RFC 8785 text. */
export const planDocument = ({
  sources,
  segments,
  rules,
}: PlanParts): { readonly text: string; readonly sha256: string } => {
  const text = canonicalJson({
    format: 'tutela-look-up-plan/1',
    sources: sources.map((source) => ({ exporter: source.log.exporter, sha256: declarationDigest(source) })),
    segments: segments.map(({ sha256 }) => sha256),
    rules: rules.map(({ rule_id }) => rule_id),
  });
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
};

/**
 * What a plan names, as it was; `undefined` when a segment of it is no longer kept.
 * @throws ProviderError `plan-missing` when a source or rule is not what it was
 */
export const planAgain = async (db: Db, text: string): Promise<PlanParts | undefined> => {
  const named = documentSchema.parse(JSON.parse(text));
  const known = new Map((await declaredSources(db)).map((source) => [declarationDigest(source), source]));
  const sources = named.sources.map(({ exporter, sha256 }) => {
    const source = known.get(sha256);
    if (source === undefined) throw new ProviderError('plan-missing', `${exporter} is not declared as it was`);
    return source;
  });
  const rules = inOrder(await rulesNamed(db, named.rules), named.rules, ({ rule_id }) => rule_id);
  const segments = inOrder(await segmentsNamed(db, named.segments), named.segments, ({ sha256 }) => sha256);
  return segments.some(({ deleted_at }) => deleted_at !== null) ? undefined : { sources, segments, rules };
};

const inOrder = <Row>(rows: readonly Row[], names: readonly string[], nameOf: (row: Row) => string): readonly Row[] => {
  const byName = new Map(rows.map((row) => [nameOf(row), row]));
  return names.map((name) => {
    const row = byName.get(name);
    if (row === undefined) throw new ProviderError('plan-missing', `${name} is not on record`);
    return row;
  });
};

import path from 'node:path';
import {
  type AttributionPlan,
  type ChainStep,
  type HolderSource,
  type IpAddress,
  type IpPrefix,
  type OpaqueTags,
  type OpenOptions,
  openRunCache,
  openSegment,
  ruleSource,
  type SegmentReader,
  segmentSource,
} from '@tutela/attribution';
import { readPrefix } from '@tutela/attribution/exchange';
import { groupBy, type UtcInstant } from '@tutela/core';
import { ProviderError } from '../provider-error.js';
import type { StoredRule } from '../queries/rules.js';
import { documentOf, ruleSetOf } from '../rules/keep-rules.js';
import type { SegmentTable } from '../schema.js';
import type { DeclaredSource } from '../source/declared-source.js';
import { leadsTo } from '../source/keep-sources.js';

/** Everything that some answers may read: with the same, they come out the same. */
export interface PlanParts {
  readonly sources: readonly DeclaredSource[];
  readonly segments: readonly Pick<SegmentTable, 'sha256' | 'exporter' | 'file'>[];
  readonly rules: readonly StoredRule[];
}

export interface PlanDeps {
  readonly folder: string;
  readonly tags: OpaqueTags;
  /** Default: `openSegment`. Tests watch it. */
  readonly openSegment?: (file: string, options: OpenOptions) => SegmentReader;
}

export interface LookUpPlan {
  /** Where an address is looked up, and what its finds lead to. */
  readonly of: (ip: IpAddress) => AttributionPlan;
  readonly close: () => void;
}

interface Pooled {
  readonly source: HolderSource;
  readonly pools: readonly IpPrefix[];
  readonly to: 'inside' | 'account' | 'prefix';
}

const cacheBytes = 16 << 20;

/**
 * Opens the segments, each checked against the digest on record.
 * @param at when it is asked: what retention had ended then counts as gone
 * @throws ProviderError `segment-missing`
 */
export const openLookUpPlan = (deps: PlanDeps, { sources, segments, rules }: PlanParts, at: UtcInstant): LookUpPlan => {
  const open = deps.openSegment ?? openSegment;
  const byExporter = groupBy(segments, ({ exporter }) => exporter);
  const opened: SegmentReader[] = [];
  // A question is asked again under the usual mistakes: mostly of the same pages.
  const cache = openRunCache(cacheBytes);
  const logOf = (source: DeclaredSource): HolderSource | undefined => {
    const readers = (byExporter.get(source.log.exporter) ?? []).map(({ sha256, file }) => {
      const reader = opening(file, () => open(path.join(deps.folder, file), { sha256, cache }));
      opened.push(reader);
      return reader;
    });
    if (readers.length === 0) return source.role.kind === 'session' ? undefined : nothingKept(source, at);
    return segmentSource({
      name: source.log.exporter,
      segments: readers,
      pools: poolsOf(source.pools),
      tags: deps.tags,
    });
  };
  const outside: Pooled[] = [];
  const sessions: HolderSource[] = [];
  const delegations: HolderSource[] = [];
  for (const source of sources) {
    const log = logOf(source);
    if (log === undefined) continue;
    if (source.role.kind === 'session') sessions.push(log);
    else outside.push({ source: log, pools: poolsOf(source.pools), to: leadsTo(source) });
    if (source.role.kind === 'delegation') delegations.push(log);
  }
  for (const [natInstance, versions] of groupBy(rules, (rule) => rule.nat_instance)) {
    outside.push(ruleLog(natInstance, versions, deps.tags));
  }
  return {
    of: (ip) => {
      const here = outside.filter(({ pools }) => pools.some((pool) => isIn(pool, ip)));
      return { outside: here.map(({ source }) => source), steps: stepsFrom(here[0]?.to, sessions, delegations) };
    },
    close: () => {
      for (const reader of opened) reader.close();
    },
  };
};

/** A source of which no segment of these days is kept: because its retention has ended, or because none came in. */
const nothingKept = ({ log, pools, retentionDays }: DeclaredSource, at: UtcInstant): HolderSource => {
  const keptSince = Date.parse(at) - retentionDays * 86_400_000;
  return {
    name: log.exporter,
    versions: () => [],
    clockErrorMs: 0,
    precisionMs: 0,
    ports: 'one-holder',
    inbound: 'logged',
    owns: (ip, span) => {
      if (!poolsOf(pools).some((pool) => isIn(pool, ip))) return 'not-owned';
      return span.from < keptSince ? 'retention-expired' : 'owned';
    },
    find: (_, span) => ({
      found: [],
      before: { kind: 'at-least', at: span.from },
      after: { kind: 'at-least', at: span.to },
      coverage: (over) => ({ kind: 'gap', gaps: [{ ...over, cause: 'not-received' }] }),
      knownFrom: span.from,
      reads: [],
      load: undefined,
      reasons: [],
    }),
  };
};

const stepsFrom = (
  to: Pooled['to'] | undefined,
  sessions: readonly HolderSource[],
  delegations: readonly HolderSource[],
): readonly ChainStep[] => {
  if (to === undefined || to === 'account') return [];
  return [{ broken: 'CHAIN_BROKEN_INSIDE_TO_SESSION', sources: to === 'inside' ? sessions : delegations }];
};

const ruleLog = (natInstance: string, versions: readonly StoredRule[], tags: OpaqueTags): Pooled => {
  const set = ruleSetOf(natInstance, versions);
  if (set.kind !== 'done') throw new ProviderError('rules-damaged', `the versions of ${natInstance} overlap`);
  const documents = versions.map(documentOf);
  const [first] = documents;
  const errors = documents.map(({ clockErrorSeconds }) => clockErrorSeconds);
  const pools = poolsOf(documents.flatMap((document) => document.pools));
  const source = ruleSource({
    rules: set.value,
    version: versions
      .map(({ rule_id }) => rule_id)
      .sort()
      .join('+'),
    pools,
    tags,
    realm: first?.realm ?? '',
    clockErrorMs: errors.includes('unknown') ? 'unknown' : Math.ceil(1000 * Math.max(...errors.map(Number))),
  });
  const kind = first?.rule.kind;
  return { source, pools, to: kind === 'map-e' || kind === 'map-t' || kind === 'lw4o6' ? 'prefix' : 'inside' };
};

const poolsOf = (texts: readonly string[]): readonly IpPrefix[] => texts.flatMap((text) => readPrefix(text) ?? []);

const isIn = (pool: IpPrefix, ip: IpAddress): boolean => {
  if (pool.version !== ip.version) return false;
  const rest = BigInt((ip.version === 4 ? 32 : 128) - pool.length);
  return BigInt(ip.value) >> rest === BigInt(pool.value) >> rest;
};

const opening = (file: string, act: () => SegmentReader): SegmentReader => {
  try {
    return act();
  } catch (cause) {
    // Its folder is named after an ingest and its file after a day: neither says whose.
    throw new ProviderError('segment-missing', `segment ${file} cannot be opened`, { cause });
  }
};

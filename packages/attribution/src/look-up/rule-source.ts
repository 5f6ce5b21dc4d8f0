import type { AssignedHolder } from '../assign/assigned.js';
import { type RuleSet, type RuleVersion, rulesDuring } from '../assign/rule-set.js';
import type { Span } from '../coverage/coverage.js';
import type { IpPrefix } from '../observation/ip-address.js';
import type { ReasonCode } from '../reason.js';
import type { OpaqueTags } from '../segment/opaque-tags.js';
import type { Findings, Found, HolderSource, Link, SourceKey } from './holder-source.js';
import { isInside } from './inside-prefix.js';

export interface RuleLog {
  readonly rules: RuleSet;
  /** Names the rule set and its history, as an answer states it: a digest of the configuration. */
  readonly version: string;
  readonly pools: readonly IpPrefix[];
  readonly tags: OpaqueTags;
  /** Realm of the inside addresses that the rules name (`OpaqueTags.inside`). */
  readonly realm: string;
  /** Greatest error of the moments at which versions were put in force. */
  readonly clockErrorMs: number | 'unknown';
}

/** Assignment without a log: who an address and port belong to follows from the rules in force at the time. */
export const ruleSource = ({ rules, version, pools, tags, realm, clockErrorMs }: RuleLog): HolderSource => {
  const linkOf = (holder: AssignedHolder): Link =>
    holder.kind === 'ip6'
      ? { kind: 'prefix', prefix: holder.prefix }
      : {
          kind: 'tag',
          tag: tags.inside(realm, { ip4: holder.ip4, ip6: undefined, vrf: undefined, tunnel: undefined }),
        };
  return {
    name: rules.natInstance,
    versions: () => [`rules:${version}`],
    clockErrorMs,
    precisionMs: 0,
    ports: 'one-holder',
    inbound: 'logged',
    owns: (ip) => (pools.some((pool) => isInside(pool, ip)) ? 'owned' : 'not-owned'),
    find: (key, span) => {
      const during = rulesDuring(rules, span.from, span.to);
      if (during.kind !== 'done') return unanswered(span, ['RULESET_UNVERSIONED'], { kind: 'not-evidenced' });
      const versions = rules.versions.filter(({ from, to }) => from <= span.to && lastOf(to) >= span.from);
      const named = versions.flatMap((each) => assigned(key, each));
      const reasons = new Set<ReasonCode>(named.flatMap((one) => ('reason' in one ? [one.reason] : [])));
      const coverage = reasons.has('DYNAMIC_POOL') ? 'elsewhere' : 'proven';
      return {
        ...unanswered(span, [...reasons], { kind: coverage }),
        found: named.flatMap((one) => ('holder' in one ? [found(linkOf(one.holder), one.version)] : [])),
        before: { kind: 'at-least', at: Math.min(span.from, ...versions.map(({ from }) => from)) },
        after: { kind: 'at-least', at: Math.max(span.to, ...versions.map(({ to }) => lastOf(to))) },
      };
    },
  };
};

/** `to` of a version is exclusive; one still in force has no end. */
const lastOf = (to: number | undefined): number => (to === undefined ? Number.MAX_SAFE_INTEGER : to - 1);

const unanswered = (
  span: Span,
  reasons: readonly ReasonCode[],
  coverage: ReturnType<Findings['coverage']>,
): Findings => ({
  found: [],
  before: { kind: 'at-least', at: span.from },
  after: { kind: 'at-least', at: span.to },
  coverage: () => coverage,
  knownFrom: span.from,
  reads: [],
  load: undefined,
  reasons,
});

const found = (link: Link, { from, to }: RuleVersion): Found => ({
  link,
  from,
  to: lastOf(to),
  certainty: 'certain',
  start: 'observed',
  end: 'observed',
  extent: 'ports',
  destination: undefined,
  qualifiers: [],
});

type Named = { readonly holder: AssignedHolder; readonly version: RuleVersion } | { readonly reason: ReasonCode };

/** Without a port: everybody who has some port of the address. */
const assigned = (key: SourceKey, version: RuleVersion): readonly Named[] => {
  if (key.kind !== 'endpoint' || key.ip.version !== 4) return [];
  const { value } = key.ip;
  if (key.port !== undefined) return holderAt(value, key.port, version);
  const holders = new Map<string, Named>();
  for (let port = 0; port <= 0xffff; port++) {
    for (const named of holderAt(value, port, version)) {
      if ('holder' in named) holders.set(nameOf(named.holder), named);
    }
  }
  return [...holders.values()];
};

const nameOf = (holder: AssignedHolder): string =>
  holder.kind === 'ip6' ? `${holder.prefix.value}/${holder.prefix.length}` : String(holder.ip4);

const holderAt = (ip4: number, port: number, version: RuleVersion): readonly Named[] => {
  const holder = version.rule.assignment.holderOf(ip4, port);
  if (holder.kind === 'done') return [{ holder: holder.value, version }];
  // An address or port that the rules give to nobody is no reason to doubt that nobody had it.
  return holder.reason.code === 'ADDRESS_NOT_OURS' ? [] : [{ reason: holder.reason.code }];
};

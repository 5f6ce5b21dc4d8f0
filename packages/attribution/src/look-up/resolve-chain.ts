import type { Coverage, Span } from '../coverage/coverage.js';
import type { ReasonCode } from '../reason.js';
import type { EndKind } from '../record/interval.js';
import { type Candidate, mergeCandidates } from './candidate.js';
import { truthOf, windowOf } from './error-window.js';
import type { Findings, Found, HolderSource, Link, SourceKey } from './holder-source.js';

/** Sources that lead on from a link, and what to say when none of them knows it. */
export interface ChainStep {
  readonly broken: 'CHAIN_BROKEN_NAT_TO_INSIDE' | 'CHAIN_BROKEN_INSIDE_TO_SESSION' | 'CHAIN_BROKEN_SESSION_TO_ACCOUNT';
  readonly sources: readonly HolderSource[];
}

/** One source asked at one step. */
export interface Asked {
  readonly source: HolderSource;
  readonly window: Span;
  readonly findings: Findings;
  /** 0 for the outside address, then the steps of the chain. */
  readonly step: number;
}

export interface Resolution {
  readonly candidates: readonly Candidate[];
  readonly asked: readonly Asked[];
}

/** Holdings of one link in one source, those that touch or overlap each other taken together. */
interface Holder {
  readonly link: Link;
  readonly parts: readonly Found[];
  readonly firmness: 'core' | 'fringe';
  readonly held: Span;
}

/**
 * Everyone who can have been behind a key during a stretch of true time. The set multiplies along the chain: what a
 * step leaves open, every later step is asked for.
 */
export const resolveChain = (
  key: SourceKey,
  truth: Span,
  sources: readonly HolderSource[],
  steps: readonly ChainStep[],
  step = 0,
): Resolution => {
  const candidates: Candidate[] = [];
  const asked: Asked[] = [];
  for (const source of sources) {
    const window = windowOf(source, truth);
    const findings = source.find(key, window);
    asked.push({ source, window, findings, step });
    for (const holder of holdersOf(findings.found, window)) {
      const [next, ...later] = steps;
      const own = {
        firmness: holder.firmness,
        reasons: reasonsOf(holder),
        coverage: proofOf(holder, window, findings),
      };
      if (next === undefined) {
        candidates.push({ ...own, ...endOf(holder.link) });
        continue;
      }
      const behind = resolveChain(holder.link, truthOf(source, holder.held, truth), next.sources, later, step + 1);
      asked.push(...behind.asked);
      if (behind.candidates.length === 0) candidates.push({ ...own, ...broken(holder.link, next.broken, own.reasons) });
      for (const candidate of behind.candidates) candidates.push(joined(own, candidate));
    }
  }
  return { candidates: mergeCandidates(candidates), asked };
};

type Own = Pick<Candidate, 'firmness' | 'reasons' | 'coverage'>;

const endOf = (link: Link): Pick<Candidate, 'subscriber' | 'identity'> => ({
  subscriber: link.kind === 'tag' ? link.tag : undefined,
  identity: nameOf(link),
});

const broken = (link: Link, code: ReasonCode, reasons: readonly ReasonCode[]) => ({
  subscriber: undefined,
  identity: `unresolved ${nameOf(link)}`,
  reasons: [...reasons, code],
});

const joined = (own: Own, behind: Candidate): Candidate => ({
  ...behind,
  firmness: own.firmness === 'core' ? behind.firmness : 'fringe',
  reasons: [...new Set([...own.reasons, ...behind.reasons])],
  coverage: own.coverage.kind === 'proven' ? behind.coverage : own.coverage,
});

const nameOf = (link: Link): string =>
  link.kind === 'tag' ? link.tag : `${link.prefix.value.toString(16)}/${link.prefix.length}`;

const holdersOf = (found: readonly Found[], window: Span): readonly Holder[] => {
  const byLink = new Map<string, Found[]>();
  for (const one of found) {
    const parts = byLink.get(nameOf(one.link));
    if (parts === undefined) byLink.set(nameOf(one.link), [one]);
    else parts.push(one);
  }
  return [...byLink.values()].map((parts) => {
    const certain = parts.filter(({ certainty }) => certainty === 'certain');
    const covering = stretchOver(certain, window);
    return {
      link: parts[0]!.link,
      parts: covering ?? parts,
      firmness: covering === undefined ? 'fringe' : 'core',
      held: hull(covering ?? parts),
    };
  });
};

/** The holdings that together hold the whole window without a break; `undefined` when they do not. */
const stretchOver = (parts: readonly Found[], window: Span): readonly Found[] | undefined => {
  const inOrder = [...parts].sort((one, other) => one.from - other.from || one.to - other.to);
  const used: Found[] = [];
  let reached = window.from;
  for (const part of inOrder) {
    if (part.from > reached) break;
    if (part.to < reached) continue;
    used.push(part);
    reached = part.to;
    if (reached >= window.to) return used;
  }
  return undefined;
};

const hull = (parts: readonly Found[]): Span => ({
  from: Math.min(...parts.map(({ from }) => from)),
  to: Math.max(...parts.map(({ to }) => to)),
});

const endReasons: Readonly<Record<EndKind, readonly ReasonCode[]>> = {
  observed: [],
  'inferred-next-alloc': ['END_INFERRED_INTERIM'],
  'inferred-nas-restart': ['END_INFERRED_NAS_RESTART'],
  'inferred-lease-expiry': ['END_INFERRED_LEASE_EXPIRY'],
  'inferred-interim': ['END_INFERRED_INTERIM'],
  'not-logged': ['END_INFERRED_INTERIM'],
  open: ['END_INFERRED_INTERIM'],
};

const reasonsOf = ({ parts }: Holder): readonly ReasonCode[] => [
  ...new Set(
    parts.flatMap(({ start, end, qualifiers }) => [
      ...endReasons[end],
      ...(start === 'observed' ? [] : (['START_INFERRED_INTERIM'] as const)),
      ...qualifiers,
    ]),
  ),
];

/**
 * Nobody else can have held it unseen when no event is missing from the end of the holding before to the start of the
 * one after: an allocation or a release would have shown. Where there is no neighbour, its own start and end count.
 */
const proofOf = ({ held }: Holder, window: Span, { before, after, coverage }: Findings): Coverage =>
  known(
    coverage({
      from: Math.min(window.from, held.from, before.kind === 'exact' ? before.at : window.from),
      to: Math.max(window.to, held.to, after.kind === 'exact' ? after.at : window.to),
    }),
  );

/** A source that found a holder does not need another to vouch for it. */
const known = (coverage: ReturnType<Findings['coverage']>): Coverage =>
  coverage.kind === 'elsewhere' ? { kind: 'proven' } : coverage;

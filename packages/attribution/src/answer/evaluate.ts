import type { Coverage, Span } from '../coverage/coverage.js';
import type { Candidate } from '../look-up/candidate.js';
import { trueWindow } from '../look-up/error-window.js';
import type { Findings, HolderSource } from '../look-up/holder-source.js';
import { type Asked, type ChainStep, type Resolution, resolveChain } from '../look-up/resolve-chain.js';
import type { Observation } from '../observation/observation.js';
import type { ReasonCode } from '../reason.js';
import { holdCandidates } from './held-candidates.js';
import { marginOf } from './margin.js';
import type { AnswerOutcome, Evaluation } from './outcome.js';
import { overlapsAt } from './overlap.js';

/** Where a provider looks: who hands out outside addresses, and the chain from there to an account's handle. */
export interface AttributionPlan {
  readonly outside: readonly HolderSource[];
  readonly steps: readonly ChainStep[];
}

/**
 * The outcome of one observation. Reads only sources that hand out its address, only within its error window.
 * Whether the order covers it is decided before (`admitToOrder`).
 */
export const evaluate = (observation: Observation, plan: AttributionPlan): Evaluation => {
  const truth = trueWindow(observation);
  const hearsay = hearsayOf(observation);
  if (hearsay !== undefined) return refusedFor(hearsay, truth);
  const owned = plan.outside.map((source) => ({ source, owns: source.owns(observation.ip, truth) }));
  const sources = owned.flatMap(({ source, owns }) => (owns === 'owned' ? [source] : []));
  if (owned.some(({ owns }) => owns === 'retention-expired')) return refusedFor('RETENTION_EXPIRED', truth);
  if (sources.length === 0) return refusedFor('ADDRESS_NOT_OURS', truth);

  const { ip, port, proto, dest } = observation;
  const resolution = resolveChain({ kind: 'endpoint', ip, port, proto, dest }, truth, sources, plan.steps);
  const outside = resolution.asked.filter(({ step }) => step === 0);
  const asking = askingReasons(observation, resolution.asked, outside);
  const { candidates } = resolution;
  const coverage = candidates.length === 0 ? coverageOfNone(resolution) : candidates[0]!.coverage;
  const judged = judge(candidates, coverage, asking, outside);
  return holdCandidates(
    {
      ...judged,
      candidates: candidates.length,
      window: truth,
      margin: marginOf(resolution.asked),
      coverage,
      load: loadOf(outside),
      reads: resolution.asked.flatMap(({ findings }) => findings.reads),
      versions: [
        ...new Set(resolution.asked.flatMap(({ source, window }) => [...source.versions(window)])),
        `tz:${observation.from.provenance.tzVersion}`,
      ].sort(),
    },
    candidates,
  );
};

/** What others claim about an address is no observation of it (§4.8); it is turned away before anything is read. */
const hearsayOf = ({ contact, role }: Observation): ReasonCode | undefined => {
  if (contact === 'H') return 'CONTACT_HEARSAY';
  return role === 'announced-only' ? 'ROLE_NOT_A_CONNECTION' : undefined;
};

export const refusedFor = (reason: ReasonCode, window: Span): Evaluation =>
  Object.freeze({
    outcome: 'REFUSED',
    reasons: [reason],
    candidates: 0,
    window,
    margin: undefined,
    coverage: undefined,
    load: undefined,
    reads: [],
    versions: [],
  });

/** What the question itself lacks, whatever is found. */
const askingReasons = (
  observation: Observation,
  asked: readonly Asked[],
  outside: readonly Asked[],
): readonly ReasonCode[] => {
  const reasons: ReasonCode[] = [...observation.qualifiers];
  const unknownClock =
    observation.clock.errorMs === 'unknown' || asked.some(({ source }) => source.clockErrorMs === 'unknown');
  if (unknownClock) reasons.push('CLOCK_ERROR_UNKNOWN');
  const shared = outside.filter(({ findings }) => findings.found.some(({ extent }) => extent === 'ports'));
  if (shared.length > 0 && observation.port === undefined) reasons.push('PORT_MISSING');
  if (shared.length > 0 && observation.proto === undefined) reasons.push('PROTO_MISSING');
  const overloaded = shared.some(({ source }) => source.ports === 'one-holder-per-destination');
  if (overloaded && observation.dest?.port === undefined) reasons.push('DEST_NEEDED_PORT_OVERLOADED');
  const inbound = outside.some(({ source }) => source.inbound === 'not-logged');
  if (inbound && observation.role === 'listening-endpoint') reasons.push('INBOUND_NOT_LOGGED');
  if (overlapsAt(outside, observation) === 'overlap') reasons.push('OVERLAPPING_ALLOCATIONS');
  reasons.push(...outside.flatMap(({ findings }) => findings.reasons));
  return [...new Set(reasons)];
};

/** Ports that a rule set never hands out: nobody had them, and that is all there is to say. */
const impossible: readonly ReasonCode[] = ['EXCLUDED_PORT', 'RESERVED_PORT'];

const judge = (
  candidates: readonly Candidate[],
  coverage: Coverage,
  asking: readonly ReasonCode[],
  outside: readonly Asked[],
): { readonly outcome: AnswerOutcome; readonly reasons: readonly ReasonCode[] } => {
  const [one] = candidates;
  const gap: readonly ReasonCode[] = coverage.kind === 'proven' ? [] : ['LOG_GAP'];
  if (one === undefined) {
    const never = outside.every(({ findings }) => findings.reasons.some((reason) => impossible.includes(reason)));
    const open = asking.filter((reason) => !impossible.includes(reason) && reason !== 'DYNAMIC_POOL');
    const proven = never || (gap.length === 0 && open.length === 0);
    return { outcome: proven ? 'NONE_PROVEN' : 'NONE_UNKNOWN', reasons: ordered([...asking, ...gap]) };
  }
  // What qualifies each of several is about them; with N candidates nothing is told but N.
  if (candidates.length > 1) return { outcome: 'N_CANDIDATES', reasons: ordered(asking) };
  const reasons = ordered([...asking.filter((reason) => reason !== 'DYNAMIC_POOL'), ...one.reasons, ...gap]);
  if (one.subscriber === undefined) return { outcome: 'NONE_UNKNOWN', reasons };
  return { outcome: one.firmness === 'core' && reasons.length === 0 ? 'EXACT_ONE' : 'ONE_QUALIFIED', reasons };
};

const ordered = (reasons: readonly ReasonCode[]): readonly ReasonCode[] => [...new Set(reasons)].sort();

/**
 * Nobody is proven when no event is missing between the holding before and the one after: an allocation or a release
 * would have shown. Without a holding before, everything held when the log's period began has to be known.
 */
const coverageOfNone = ({ asked }: Resolution): Coverage => {
  const each = asked.map(({ findings: { before, after, knownFrom, coverage }, window }) => {
    const from = before.kind === 'exact' ? before.at : knownFrom;
    return from === undefined ? unevidenced : coverage({ from, to: after.kind === 'exact' ? after.at : window.to });
  });
  const answering = each.filter((coverage): coverage is Coverage => coverage.kind !== 'elsewhere');
  return answering.find(({ kind }) => kind !== 'proven') ?? answering[0] ?? unevidenced;
};
const unevidenced: Coverage = { kind: 'not-evidenced' };

const loadOf = (outside: readonly Asked[]): Evaluation['load'] => {
  const loads = outside.flatMap(({ findings: { load }, window }) => (load === undefined ? [] : [{ load, window }]));
  if (loads.length === 0) return undefined;
  const lambdaOf = ({ load, window }: { load: NonNullable<Findings['load']>; window: Span }): number =>
    ((window.to - window.from) * load.holdings) / (load.ms * load.runs);
  return {
    lambda: loads.reduce((sum, one) => sum + lambdaOf(one), 0),
    subscribersOnAddress: Math.max(...loads.map(({ load }) => load.holders)),
  };
};

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { HolderSource } from '../look-up/holder-source.js';
import { segmentSource } from '../look-up/segment-source.js';
import type { Observation } from '../observation/observation.js';
import type { Holding } from '../segment/holding.js';
import type { SegmentFacts } from '../segment/segment-header.js';
import { openSegment } from '../segment/segment-reader.js';
import { day, plainMark } from '../segment/synthetic-holdings.test-support.js';
import { answerQuestion } from './answer.js';
import type { AttributionPlan } from './evaluate.js';
import type { DisclosureOrder } from './order.js';
import {
  block,
  logOf,
  minute,
  noon,
  observed,
  order,
  pool,
  subscriber,
  tags,
  writeTestSegment,
} from './small-provider.test-support.js';

const planOf = (...outside: readonly HolderSource[]): AttributionPlan => ({ outside, steps: [] });
const ask = (
  plan: AttributionPlan,
  observation: Observation = observed(),
  more: Partial<DisclosureOrder> = {},
  purpose = 'investigation',
) => answerQuestion({ observation, order: { ...order, ...more }, purpose, now: noon }, plan);
const answer = (holdings: readonly Holding[], facts: Partial<SegmentFacts> = {}, observation?: Observation) =>
  ask(planOf(logOf(holdings, facts)), observation).released;

describe('acceptance (attribution.md §7)', () => {
  test('7: two subscribers on one address and port towards different destinations are N without it, one with it', () => {
    const facts = { ports: 'one-holder-per-destination' } as const;
    const ip = observed().ip;
    const log = planOf(
      logOf(
        [
          block(1, -10, 10, { destination: tags.destination(ip, 443), portFirst: 1100, portLast: 1100 }),
          block(2, -10, 10, { destination: tags.destination(ip, 8080), portFirst: 1100, portLast: 1100 }),
        ],
        facts,
      ),
    );
    expect(ask(log).released).toMatchObject({
      outcome: 'N_CANDIDATES',
      candidates: 2,
      floor: 0.5,
      reasons: ['CANDIDATES_EXCEED_ORDER', 'DEST_NEEDED_PORT_OVERLOADED'],
    });
    expect(ask(log, observed({ dest: { ip, port: 8080 } })).released).toMatchObject({
      outcome: 'EXACT_ONE',
      subscriber: subscriber(2),
    });
  });

  test('8: a hit on the fringe of the window alone is not exact', () => {
    expect(answer([block(1, -10, 0)])).toMatchObject({ outcome: 'ONE_QUALIFIED', candidates: 1 });
    expect(answer([block(1, -10, 10)])).toMatchObject({ outcome: 'EXACT_ONE', subscriber: subscriber(1) });
  });

  test('8: with a gap in the sequence numbers nobody is unknown, without one proven', () => {
    const gap = { kind: 'sequence-gap', exporter: 'cgn1', missing: 3 } as const;
    const held = [block(1, -100, -50), block(2, 50, 100)];
    const lost = { ...gap, from: noon - 20 * minute, to: noon - 19 * minute };
    const harmless = { ...gap, from: noon - 90 * minute, to: noon - 80 * minute };
    expect(answer(held, { coverage: [lost] })).toMatchObject({
      outcome: 'NONE_UNKNOWN',
      reasons: ['LOG_GAP'],
      coverage: { kind: 'gap', gaps: [{ from: lost.from, to: lost.to, cause: 'sequence-gap' }] },
    });
    expect(answer(held, { coverage: [harmless] })).toMatchObject({ outcome: 'NONE_PROVEN', reasons: [] });
    expect(answer(held, { evidence: 'none' })).toMatchObject({ outcome: 'NONE_UNKNOWN', reasons: ['LOG_GAP'] });
    expect(answer(held)).toMatchObject({ outcome: 'NONE_PROVEN' });
  });

  test('9: of more than one candidate only the number is in response, record, errors and the object itself', () => {
    const held = [1, 2, 3].map((holder) => block(0xabc0 + holder, -10 + holder, 10 + holder));
    const { released, record, evaluation } = ask(planOf(logOf(held)), observed(), { disclose: 'identity' });
    expect(released).toMatchObject({ outcome: 'N_CANDIDATES', candidates: 3 });
    expect(released.reasons).toContain('OVERLAPPING_ALLOCATIONS');
    const seen = [released, evaluation, record].flatMap((value) => [
      JSON.stringify(value),
      inspect(value, { depth: null, showHidden: true, getters: true }),
      JSON.stringify(everyOwnKey(value)),
    ]);
    for (const text of seen) expect(text).not.toMatch(/abc[0-9]/);
  });

  test('9: nobody is in an evaluation, however it is looked at', () => {
    const { evaluation } = ask(planOf(logOf([block(0xabc1, -10, 10)])));
    expect(evaluation.outcome).toBe('EXACT_ONE');
    expect(inspect(evaluation, { depth: null, showHidden: true })).not.toMatch(/abc1/);
    expect(JSON.stringify(everyOwnKey(evaluation))).not.toMatch(/abc1/);
    expect(() => Object.assign(evaluation, { subscriber: 'abc1' })).toThrow(TypeError);
  });

  test('10: the same inputs give the same bytes a year later; a shuffled and doubled log gives the same segment', () => {
    const holdings = Array.from({ length: 50 }, (_, place) => block(place % 7, 3 * place - 80, 3 * place - 79));
    const first = writeTestSegment(holdings);
    const again = writeTestSegment([...holdings, ...holdings.slice(10)].reverse());
    expect(again.sha256).toBe(first.sha256);
    const year = 365 * 86_400_000;
    const records = [holdings, holdings.toReversed()].map(
      (log, place) =>
        answerQuestion(
          {
            observation: observed(),
            order: { ...order, expires: day.to + 2 * year },
            purpose: 'investigation',
            now: noon + place * year,
          },
          planOf(logOf(log)),
        ).record,
    );
    expect(records[1]).toBe(records[0]);
    expect(JSON.parse(records[0]!)).toMatchObject({
      released: { outcome: 'NONE_PROVEN' },
      reads: [{ segment: first.sha256, records: 50 }],
      versions: ['parser:synthetic@1', `segment:${first.sha256}`, 'tz:2025b'],
    });
  });

  test('11: tells of 1 h, 12 h, day and month, and swapped ports whether the answer would change, and nothing else', () => {
    const sixth = Date.parse('2026-06-03T10:00:00+02:00');
    const day6 = { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-06-30T23:59:59.999Z') };
    const hour = 3_600_000;
    const at = (holder: number, from: number, hours: number, more: Partial<Holding> = {}): Holding =>
      block(holder, 0, 0, { from: from - minute, to: from + hours * hour, ...more });
    const held = [
      at(1, sixth, 1.5),
      at(0xabc2, sixth + 2 * hour - 10 * minute, 0.4),
      at(1, sixth + 12 * hour, 1),
      at(0xabc3, Date.parse('2026-03-06T10:00:00+01:00'), 2),
      at(0xabc4, sixth, 2, { portFirst: 443, portLast: 443 }),
    ];
    const { path: file } = writeTestSegment(held, { received: [day6] }, { period: day6 as typeof day });
    const source = sourceOf(file);
    const moment = {
      at: sixth,
      precisionMs: 1,
      provenance: { text: '', source: 'zone-name', zone: 'Europe/Berlin', tzVersion: '2025b' },
    } as const;
    const observation = observed({
      from: moment,
      to: moment,
      dest: { ip: observed().ip, port: 443 },
    });
    const scope = [{ addresses: pool, ...day6 }];
    const { released, record } = ask(planOf(source), observation, { scope });
    expect(released).toMatchObject({
      outcome: 'EXACT_ONE',
      mistakes: {
        'hour-earlier': 'would-change',
        'hour-later': 'same',
        'zone-dropped': 'would-change',
        'twelve-hours': 'same',
        'day-month-swapped': 'would-change',
        'ports-swapped': 'would-change',
      },
    });
    expect(record).not.toMatch(/abc[0-9]/);
  });

  test('12: hearsay never reaches the look-up', () => {
    const untouchable: HolderSource = {
      ...logOf([block(1, -10, 10)]),
      owns: () => expect.unreachable('a source was asked'),
      find: () => expect.unreachable('a source was read'),
    };
    const plan = planOf(untouchable);
    expect(ask(plan, observed({ contact: 'H' })).released).toMatchObject({
      outcome: 'REFUSED',
      reasons: ['CONTACT_HEARSAY'],
    });
    expect(ask(plan, observed({ role: 'announced-only' })).released).toMatchObject({ outcome: 'REFUSED' });
  });
});

describe('an answer', () => {
  test('is refused outside the order before anything is read', () => {
    const untouchable: HolderSource = {
      ...logOf([block(1, -10, 10)]),
      owns: () => expect.unreachable('a source was asked'),
      find: () => expect.unreachable('a source was read'),
    };
    const refusal = (more: Partial<DisclosureOrder>, purpose?: string) =>
      ask(planOf(untouchable), observed(), more, purpose).released.reasons;
    expect(refusal({}, 'marketing')).toEqual(['OUTSIDE_ORDER_PURPOSE']);
    expect(refusal({ expires: noon - 1 })).toEqual(['OUTSIDE_ORDER_TIME']);
    expect(refusal({ scope: [{ addresses: pool, from: noon + 1, to: day.to }] })).toEqual(['OUTSIDE_ORDER_TIME']);
    expect(refusal({ scope: [{ addresses: { ...pool, value: 0xc6336400 }, ...day }] })).toEqual([
      'OUTSIDE_ORDER_ADDRESS',
    ]);
  });

  test('says whose address it is not, and what is no longer kept', () => {
    const foreign = observed({ ip: { version: 4, value: 0xc6336407, text: '198.51.100.7' } });
    const scope = [{ addresses: { version: 4, value: 0, length: 0 } as const, from: 0, to: day.to }];
    expect(ask(planOf(logOf([block(1, -10, 10)])), foreign, { scope }).released.reasons).toEqual(['ADDRESS_NOT_OURS']);
    const old = observed({ from: { ...observed().from, at: day.from - 1 } });
    expect(ask(planOf(logOf([block(1, -10, 10)])), old, { scope }).released.reasons).toEqual(['RETENTION_EXPIRED']);
  });

  test('without a port counts everybody on the address', () => {
    const other = { portFirst: 5000, portLast: 5255 };
    const held = [block(1, -10, 10), block(2, -10, 10, other), block(3, -20, -11, other)];
    expect(answer(held, {}, observed({ port: undefined }))).toMatchObject({
      outcome: 'N_CANDIDATES',
      candidates: 2,
      reasons: ['CANDIDATES_EXCEED_ORDER', 'PORT_MISSING'],
    });
    expect(answer([held[0]!], {}, observed({ port: undefined }))).toMatchObject({
      outcome: 'ONE_QUALIFIED',
      reasons: ['PORT_MISSING'],
    });
  });

  test('of an unknown clock is never exact, and nobody is then not proven', () => {
    const clock = { errorMs: 'unknown', syncedTo: undefined, offsetMs: 0 } as const;
    const expected = { outcome: 'ONE_QUALIFIED', reasons: ['CLOCK_ERROR_UNKNOWN'] };
    expect(answer([block(1, -10, 10)], {}, observed({ clock }))).toMatchObject(expected);
    expect(answer([block(1, -10, 10)], { clockErrorMs: 'unknown' })).toMatchObject(expected);
    expect(answer([block(1, 10, 20)], {}, observed({ clock }))).toMatchObject({ outcome: 'NONE_UNKNOWN' });
  });

  test('never widens the window: a block a second away is nobody', () => {
    const near = { portFirst: 1024, from: noon + 1001, to: noon + minute };
    expect(answer([block(1, 0, 0, near)])).toMatchObject({ outcome: 'NONE_PROVEN' });
    expect(answer([block(1, 0, 0, { ...near, from: noon + 1000 })])).toMatchObject({ outcome: 'ONE_QUALIFIED' });
  });

  test('adds the errors of both clocks and the unit of the stamps', () => {
    const seconds = { ...plainMark, precisionMs: 1000 };
    const observation = observed({ to: { ...observed().from, precisionMs: 1000 } });
    const { window, outcome } = answer(
      [block(1, -10, 0, { to: noon + 4999, mark: seconds })],
      { clockErrorMs: 2000 },
      observation,
    );
    expect(window).toEqual({ from: noon - 1000, to: noon + 2000 });
    expect(outcome).toBe('ONE_QUALIFIED');
    const whole = block(1, -10, 0, { to: noon + 5000, mark: seconds });
    expect(answer([whole], { clockErrorMs: 2000 }, observation).outcome).toBe('EXACT_ONE');
  });

  test('qualifies inferred ends and names them', () => {
    const marked = (mark: Partial<Holding['mark']>) => answer([block(1, -10, 10, { mark: { ...plainMark, ...mark } })]);
    expect(marked({ end: 'inferred-nas-restart' }).reasons).toEqual(['END_INFERRED_NAS_RESTART']);
    expect(marked({ end: 'inferred-lease-expiry' }).reasons).toEqual(['END_INFERRED_LEASE_EXPIRY']);
    expect(marked({ start: 'inferred-interim' }).reasons).toEqual(['START_INFERRED_INTERIM']);
    expect(marked({ qualifiers: ['YEAR_INFERRED'] })).toMatchObject({
      outcome: 'ONE_QUALIFIED',
      reasons: ['YEAR_INFERRED'],
    });
    expect(marked({ certainty: 'possible' })).toMatchObject({ outcome: 'ONE_QUALIFIED' });
  });

  test('tells the distance to the nearest other holder on both sides, and how far nobody else is known', () => {
    const held = [block(2, -100, -30), block(1, -29, 10), block(1, 11, 12), block(3, 20, 30)];
    expect(answer(held)).toMatchObject({
      margin: {
        before: { kind: 'exact', ms: 30 * minute - 1000 },
        after: { kind: 'exact', ms: 20 * minute - 1000 },
      },
    });
    expect(answer([block(1, -29, 10)])).toMatchObject({
      margin: { before: { kind: 'at-least', ms: noon - 1000 - day.from }, after: { kind: 'at-least' } },
    });
  });

  test('multiplies along the chain, and says where it breaks', () => {
    const nat = logOf([block(0xa1, -60, 60)]);
    const key = (number: number) => ({ kind: 'tag', tag: subscriber(number) }) as const;
    const whole = { portFirst: 0, portLast: 0xffff };
    const session = (inside: number, account: number, from: number, to: number) =>
      block(account, from, to, { key: key(inside), ...whole });
    const chain = (holdings: readonly Holding[]): AttributionPlan => ({
      outside: [nat],
      steps: [{ broken: 'CHAIN_BROKEN_INSIDE_TO_SESSION', sources: [logOf(holdings, {}, 'tag')] }],
    });
    expect(ask(chain([session(0xa1, 1, -30, 30)])).released).toMatchObject({
      outcome: 'EXACT_ONE',
      subscriber: subscriber(1),
    });
    expect(ask(chain([session(0xa1, 1, -30, 0), session(0xa1, 2, 0, 30)])).released).toMatchObject({
      outcome: 'N_CANDIDATES',
      candidates: 2,
    });
    expect(ask(chain([session(0xa2, 1, -30, 30)])).released).toMatchObject({
      outcome: 'NONE_UNKNOWN',
      reasons: ['CHAIN_BROKEN_INSIDE_TO_SESSION'],
    });
  });

  test('withholds the handle where the order asks for a number, or does not take qualified answers', () => {
    const log = planOf(logOf([block(1, -10, 10)]));
    expect(ask(log, observed(), { disclose: 'count' }).released).toMatchObject({ subscriber: 'withheld' });
    const fringe = planOf(logOf([block(1, -10, 0)]));
    expect(ask(fringe, observed(), { qualified: 'withheld' }).released).toMatchObject({ subscriber: 'withheld' });
    expect(ask(fringe).released).toMatchObject({ subscriber: subscriber(1) });
  });

  test('qualifies a listening port where incoming connections leave no record', () => {
    const listening = observed({ role: 'listening-endpoint' });
    expect(answer([block(1, 20, 30)], { inbound: 'not-logged' }, listening)).toMatchObject({
      outcome: 'NONE_UNKNOWN',
      reasons: ['INBOUND_NOT_LOGGED'],
    });
  });

  test('reads both segments of a window over midnight, and takes a holding in both for one', () => {
    const midnight = day.to + 1;
    const tomorrow = { from: midnight, to: midnight + 86_400_000 - 1 };
    const held = (to: number, mark: Partial<Holding['mark']>) =>
      block(1, 0, 0, { from: midnight - 60 * minute, to, mark: { ...plainMark, ...mark } });
    const first = writeTestSegment([held(midnight + 5 * minute, { reach: 'to-after' })]);
    const second = writeTestSegment(
      [held(midnight + 5 * minute, { reach: 'from-before' })],
      { received: [tomorrow] },
      { period: tomorrow as typeof day },
    );
    const plan = planOf(sourceOf(first.path, second.path));
    const moment = { ...observed().from, at: midnight };
    const scope = [{ addresses: pool, from: day.from, to: tomorrow.to }];
    const { released, record } = ask(plan, observed({ from: moment, to: moment }), { scope });
    expect(released).toMatchObject({ outcome: 'EXACT_ONE', subscriber: subscriber(1) });
    expect((JSON.parse(record) as { reads: unknown[] }).reads).toHaveLength(2);
  });
});

const sourceOf = (...files: readonly string[]): HolderSource =>
  segmentSource({ name: 'cgn1', segments: files.map((file) => openSegment(file)), pools: [pool], tags });

/** Everything reachable from a value, by any key. */
function everyOwnKey(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Reflect.ownKeys(value).map((key) => [String(key), everyOwnKey(Reflect.get(value, key))]);
}

import { describe, expect, test } from 'vitest';
import { insideOf, placeOf, portBlockCarrier, sessionCarrier, slotAt, slotsOf } from './carrier.js';
import { noFaults } from './faults.js';
import { holdsOf } from './hold-process.js';
import { carrierEvents } from './logs.js';

const day = 86_400_000;
const size = { seed: 1, addresses: 2, days: 30, fromMs: Date.UTC(2026, 2, 2), firstAddress: 3_321_888_768 };
const blocks = portBlockCarrier(size);

describe('the published parameters come out', () => {
  test('about 80 leases a block in 30 days, and about 88 % of the time held', () => {
    let leases = 0;
    let held = 0;
    for (let slot = 0; slot < slotsOf(blocks); slot++) {
      for (const { start, end } of holdsOf(blocks.process, slot)) {
        leases++;
        held += Math.min(end, blocks.process.toMs) - Math.max(start, blocks.process.fromMs);
      }
    }
    expect(Math.abs(leases / slotsOf(blocks) - 80)).toBeLessThan(2);
    expect(Math.abs(held / (slotsOf(blocks) * 30 * day) - 0.885)).toBeLessThan(0.01);
  });

  test('a port is used again every 1,689 seconds by one of 200 customers', () => {
    const sessions = sessionCarrier({ ...size, addresses: 1, days: 1 }, 120_000);
    let uses = 0;
    const customers = new Set<number>();
    let rest = Number.POSITIVE_INFINITY;
    for (let slot = 0; slot < 500; slot++) {
      let before = Number.NEGATIVE_INFINITY;
      for (const { start, end, customer } of holdsOf(sessions.process, slot)) {
        uses++;
        customers.add(customer);
        rest = Math.min(rest, start - before);
        before = end;
      }
    }
    expect(Math.abs((500 * 86_400) / uses - 1689)).toBeLessThan(60);
    expect(customers.size).toBe(200);
    expect(rest).toBeGreaterThanOrEqual(120_000);
  });
});

test('blocks in step change hands every nine hours, each at its own moment of the hour between', () => {
  const inStep = portBlockCarrier({ ...size, turns: 'in-step' });
  const { meanHoldMs, meanFreeMs, fromMs } = inStep.process;
  for (let slot = 0; slot < slotsOf(inStep); slot++) {
    const holds = [...holdsOf(inStep.process, slot)];
    if (holds.length !== 80) throw new Error(`${holds.length} leases`);
    for (const [turn, { start, end }] of holds.entries()) {
      const late = start - fromMs - turn * (meanHoldMs + meanFreeMs);
      if (late < 0 || late > meanFreeMs + 1 || end - start !== meanHoldMs) throw new Error(`${slot} out of step`);
    }
  }
  const moments = new Set(Array.from({ length: 100 }, (_, slot) => holdsOf(inStep.process, slot).next().value?.start));
  expect(moments.size).toBeGreaterThan(95);
});

test('events come in the order of time and are those of the holdings', () => {
  const few = { ...blocks, addresses: 1 };
  let last = 0;
  let allocs = 0;
  for (const { event, stamp } of carrierEvents(few, { host: 'a', interimMs: 3_600_000, faults: noFaults })) {
    if (stamp < last) throw new Error('out of order');
    last = stamp;
    if (event === 'alloc') allocs++;
  }
  let begun = 0;
  for (let slot = 0; slot < slotsOf(few); slot++) {
    for (const hold of holdsOf(few.process, slot)) if (hold.start >= few.process.fromMs) begun++;
  }
  expect(allocs).toBe(begun);
});

test('places and slots lead to each other', () => {
  for (let slot = 0; slot < slotsOf(blocks); slot++) {
    const { outside, portFirst, portLast } = placeOf(blocks, slot);
    expect([slotAt(blocks, outside, portFirst), slotAt(blocks, outside, portLast)]).toEqual([slot, slot]);
  }
  expect(insideOf(blocks, 252, 3)).toBe(100 * 2 ** 24 + 64 * 2 ** 16 + 203);
});

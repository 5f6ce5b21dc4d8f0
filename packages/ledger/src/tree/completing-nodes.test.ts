import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completingNodes, type NodePlace } from './completing-nodes.js';

const placesOf = (leaves: readonly number[], size: number): readonly string[] =>
  [...completingNodes(leaves.map(BigInt), BigInt(size))].map(({ level, index }) => `${level}/${index}`);

const leavesOf = ({ level, index }: NodePlace): readonly number[] => {
  const width = 2 ** level;
  return Array.from({ length: width }, (_, at) => Number(index) * width + at);
};

describe('the nodes that complete given leaves', () => {
  test.each([
    [[0], 1, []],
    [[], 1, ['0/0']],
    [[], 7, ['0/6', '1/2', '2/0']],
    [[0], 3, ['0/1', '0/2']],
    [[2], 7, ['0/3', '0/6', '1/0', '1/2']],
    [[0, 1, 2, 3, 4, 5, 6], 7, []],
    [[5], 8, ['0/4', '1/3', '2/0']],
  ])('of %j in a tree of %i are %j', (leaves, size, places) => {
    expect(placesOf(leaves, size)).toEqual(places);
  });

  const tree = fc
    .integer({ min: 1, max: 300 })
    .chain((size) => fc.tuple(fc.constant(size), fc.uniqueArray(fc.nat(size - 1), { maxLength: size })));

  test('cover every other leaf once, in order, and no two of them could be one', () => {
    fc.assert(
      fc.property(tree, ([size, unsorted]) => {
        const leaves = unsorted.toSorted((one, other) => one - other);
        const nodes = [...completingNodes(leaves.map(BigInt), BigInt(size))];
        const covered = [...leaves, ...nodes.flatMap(leavesOf)].toSorted((one, other) => one - other);
        expect(covered).toEqual(Array.from({ length: size }, (_, at) => at));
        const order = nodes.map(({ level, index }) => level * 1000 + Number(index));
        expect(order).toEqual(order.toSorted((one, other) => one - other));
        const named = new Set(order);
        for (const { level, index } of nodes) {
          expect(named.has(level * 1000 + Number(index ^ 1n)), `${level}/${index} has its sibling beside it`).toBe(
            false,
          );
        }
      }),
    );
  });
});

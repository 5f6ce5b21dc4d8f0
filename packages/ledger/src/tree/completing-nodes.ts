/** A perfect subtree by its place: leaves `index · 2^level` up to `(index + 1) · 2^level`. */
export interface NodePlace {
  readonly level: number;
  readonly index: bigint;
}

/**
 * The subtrees that, together with given leaves, give the root of RFC 6962 §2.1: the largest ones that hold no given leaf,
 * by level, then index. There is one such set, so nobody can add to it or take from it unseen.
 * @param leaves indices below `size`, ascending, each once; for none, the answer is the peaks of the tree
 */
export function* completingNodes(leaves: Iterable<bigint>, size: bigint): Generator<NodePlace> {
  let known = BigUint64Array.from(leaves);
  for (let level = 0; size >> BigInt(level) > 0n; level++) {
    const complete = size >> BigInt(level);
    const peak = (complete & 1n) === 1n ? complete - 1n : undefined;
    const parents = new BigUint64Array(known.length);
    let count = 0;
    let peakKnown = false;
    for (const [at, index] of known.entries()) {
      if (index === peak) {
        peakKnown = true;
        continue;
      }
      const sibling = index ^ 1n;
      const paired = known[sibling < index ? at - 1 : at + 1] === sibling;
      if (!paired) yield { level, index: sibling };
      if (!paired || sibling > index) parents[count++] = index >> 1n;
    }
    if (peak !== undefined && !peakKnown) yield { level, index: peak };
    known = parents.subarray(0, count);
  }
}

/**
 * Port-set arithmetic of RFC 7597 §5.1: a port is `a` bits that are not 0, `k` bits of port-set id, and the rest.
 * With `a` = 0 a set is one range and no port is excluded.
 */
export const psidOf = (port: number, offset: number, length: number): number | 'excluded' => {
  if (offset > 0 && port < 2 ** (16 - offset)) return 'excluded';
  return (port >>> (16 - offset - length)) & (2 ** length - 1);
};

/** The inclusive ranges of a port set. */
export const psidRanges = (psid: number, offset: number, length: number): readonly (readonly [number, number])[] => {
  const size = 2 ** (16 - offset - length);
  const first = offset === 0 ? 0 : 1;
  return Array.from({ length: 2 ** offset - first }, (_, index) => {
    const from = (index + first) * 2 ** (16 - offset) + psid * size;
    return [from, from + size - 1] as const;
  });
};

/** The same set by the generalised modulus algorithm (RFC 7597 appendix B): R sharing ratio, M contiguous ports. */
export const gmaPsid = (port: number, sharing: number, contiguous: number): number =>
  Math.floor((port % (sharing * contiguous)) / contiguous);

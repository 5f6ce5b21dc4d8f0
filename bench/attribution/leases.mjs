// The leases of attribution.md §6: addresses × 252 blocks of 256 ports × 80 leases in 30 days, mean life about 8 hours,
// a share of about 12 % of the time idle. Seeded: the same arguments give the same leases everywhere.

export const start = Date.parse('2026-03-01T00:00:00Z');
export const days = 30;
export const blocks = 252;
export const blockPorts = 256;
export const firstPort = 1024;
export const leasesEach = 80;
/** 198.18.0.0, the range for benchmarks (RFC 2544). */
export const firstAddress = 0xc612_0000;
export const subscribers = 200_000;

/** Mulberry32: 32 bits of state, good enough for lengths and names. */
export const random = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Calls `take(ip, first, from, to, subscriber)` for each lease, in order of address, block and time. */
export const eachLease = (addresses, take) => {
  const period = days * 86_400_000;
  const next = random(20260301);
  for (let address = 0; address < addresses; address++) {
    for (let block = 0; block < blocks; block++) {
      const weights = Array.from({ length: leasesEach }, () => 0.2 + next());
      const idle = Array.from({ length: leasesEach }, () => 0.02 + 0.22 * next());
      const scale = period / weights.reduce((sum, weight) => sum + weight, 0);
      let at = start;
      for (let lease = 0; lease < leasesEach; lease++) {
        const length = Math.floor(weights[lease] * scale);
        const gap = Math.floor(length * idle[lease]);
        const subscriber = Math.floor(next() * subscribers);
        take(firstAddress + address, firstPort + block * blockPorts, at + gap, at + length - 1, subscriber);
        at += length;
      }
    }
  }
};

/** Random questions: an address, a port of one of its blocks and a moment; the window is ± 5 s. */
export const questions = (addresses, count) => {
  const next = random(7);
  return Array.from({ length: count }, () => {
    const first = firstPort + blockPorts * Math.floor(next() * blocks);
    const at = start + Math.floor(next() * days * 86_400_000);
    return {
      ip: firstAddress + Math.floor(next() * addresses),
      first,
      port: first + Math.floor(next() * blockPorts),
      from: at - 5000,
      to: at + 5000,
    };
  });
};

/** A sum that agrees when every question got the same holders. */
export const checksum = (answers) => {
  let sum = 0;
  for (const [place, holders] of answers.entries()) {
    for (const holder of [...holders].sort((one, other) => one - other)) {
      sum = (Math.imul(sum, 31) + Math.imul(place + 1, 1_000_003) + holder) >>> 0;
    }
    sum = (Math.imul(sum, 31) + holders.length) >>> 0;
  }
  return sum;
};

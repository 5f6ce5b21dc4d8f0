import type { HoldProcess } from './hold-process.js';

/**
 * A carrier-grade NAT with published parameters. A slot is a block of ports of an address (`blockSize` over 1) or a
 * single port; slots count address by address from `firstPort`. Customers of an address are 100.64.0.0 +
 * address × customers + number.
 */
export interface Carrier {
  readonly process: HoldProcess;
  readonly addresses: number;
  readonly firstAddress: number;
  readonly slotsPerAddress: number;
  readonly firstPort: number;
  readonly blockSize: number;
}

const hour = 3_600_000;
const day = 24 * hour;
const insideFirst = 100 * 2 ** 24 + 64 * 2 ** 16;

export interface CarrierSize {
  readonly seed: number;
  readonly addresses: number;
  readonly days: number;
  readonly fromMs: number;
  /** First outside address as a number; demonstrations take 198.18.0.0/15 (RFC 2544), which is nobody's. */
  readonly firstAddress: number;
}

/**
 * Port blocks as in attribution.md §4.5 and §6: 252 blocks of 256 ports an address from port 1024, 80 leases a block in
 * 30 days: 7.956 h each, then a gap of 1.044 h on average and less than twice that; 200 customers an address. 1,000
 * addresses and 30 days are 20 million leases. What §4.5 says of mistakes follows where all blocks change hands in step,
 * every nine hours; unless asked for, each goes its own way.
 */
export const portBlockCarrier = ({
  seed,
  addresses,
  days,
  fromMs,
  firstAddress,
  turns = 'own',
}: CarrierSize & { readonly turns?: HoldProcess['turns'] }): Carrier => ({
  process: {
    seed,
    holds: 'equal',
    gaps: 'triangular',
    turns,
    meanHoldMs: 7.956 * hour,
    leastHoldMs: 60_000,
    meanFreeMs: 1.044 * hour,
    holdDownMs: 0,
    customers: 200,
    fromMs,
    toMs: fromMs + days * day,
  },
  addresses,
  firstAddress,
  slotsPerAddress: 252,
  firstPort: 1024,
  blockSize: 256,
});

/**
 * Sessions of one protocol as in §4.5: 200 customers an address with 16,500 connections a day each (half of 33,000)
 * on 64,512 ports, so that a port is used again every 1,689 s; a connection lasts half a minute on average, from which
 * the simulated shares of §4.5 follow.
 */
export const sessionCarrier = (size: CarrierSize, holdDownMs: number): Carrier => {
  const customers = 200;
  const ports = 65_536 - 1024;
  const cycle = (day * ports) / (customers * 16_500);
  const meanHoldMs = 30_000;
  return {
    process: {
      seed: size.seed,
      holds: 'exponential',
      gaps: 'exponential',
      turns: 'own',
      meanHoldMs,
      leastHoldMs: 1000,
      meanFreeMs: cycle - meanHoldMs - holdDownMs,
      holdDownMs,
      customers,
      fromMs: size.fromMs,
      toMs: size.fromMs + size.days * day,
    },
    addresses: size.addresses,
    firstAddress: size.firstAddress,
    slotsPerAddress: ports,
    firstPort: 1024,
    blockSize: 1,
  };
};

export const slotsOf = (carrier: Carrier): number => carrier.addresses * carrier.slotsPerAddress;

/** Where a slot lies: addresses as numbers, ports inclusive. */
export const placeOf = (
  carrier: Carrier,
  slot: number,
): { readonly outside: number; readonly portFirst: number; readonly portLast: number } => {
  const address = Math.floor(slot / carrier.slotsPerAddress);
  const portFirst = carrier.firstPort + (slot % carrier.slotsPerAddress) * carrier.blockSize;
  return { outside: carrier.firstAddress + address, portFirst, portLast: portFirst + carrier.blockSize - 1 };
};

export const slotAt = (carrier: Carrier, outside: number, port: number): number =>
  (outside - carrier.firstAddress) * carrier.slotsPerAddress +
  Math.floor((port - carrier.firstPort) / carrier.blockSize);

/** The inside address of a customer of the slot's outside address. */
export const insideOf = (carrier: Carrier, slot: number, customer: number): number =>
  insideFirst + Math.floor(slot / carrier.slotsPerAddress) * carrier.process.customers + customer;

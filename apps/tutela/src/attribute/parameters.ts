import { type Carrier, portBlockCarrier, sessionCarrier } from '@tutela/testkit';

/** How large the demonstration is. All else about it is published below. */
export interface DemoSize {
  readonly seed: number;
  /** Port-block leases in 30 days, about. */
  readonly leases: number;
  /** Randomised questions to logs with faults, whose truth is known. */
  readonly questions: number;
}

export const dayMs = 86_400_000;
export const days = 30;
/** 2026-03-02, a Monday. */
export const logStart = Date.UTC(2026, 2, 2);
/** 198.18.0.0/15, which RFC 2544 keeps for measurements and nobody has. */
export const pool = { version: 4, value: 198 * 2 ** 24 + 18 * 2 ** 16, length: 15 } as const;
const leasesOfAddress = 252 * 80;
const sessionsOfPort = 51;

/** 252 blocks an address, 80 leases a block in 30 days (§6), in step as in §4.5: 20 million leases are 993 addresses. */
export const blockCarrier = ({ seed, leases }: DemoSize): Carrier =>
  portBlockCarrier({
    seed,
    addresses: Math.max(11, Math.ceil(leases / leasesOfAddress)),
    days,
    fromMs: logStart,
    firstAddress: pool.value,
    turns: 'in-step',
  });

/**
 * A day of one address by session, of some of its 64,512 ports: each port is used by itself, so that a part shows the
 * shares of the whole. A twentieth as many sessions as leases.
 */
export const sessionsCarrier = ({ seed, leases }: DemoSize, holdDownMs: number): Carrier => {
  const whole = sessionCarrier(
    { seed: seed + 1, addresses: 1, days: 1, fromMs: logStart, firstAddress: pool.value },
    holdDownMs,
  );
  const ports = Math.min(whole.slotsPerAddress, Math.max(400, Math.round(leases / 20 / sessionsOfPort)));
  return { ...whole, slotsPerAddress: ports };
};

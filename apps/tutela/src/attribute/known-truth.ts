import { type Carrier, holdsOf, type LogFaults, placeOf, slotAt } from '@tutela/testkit';

/** Who truly held an address and port at a moment; nobody, one, or two where the device gave it out twice. */
export type KnownTruth = (ip: number, port: number, at: number) => readonly TrueHold[];
export interface TrueHold {
  readonly slot: number;
  readonly customer: number;
}

/** Second holders by slot and start, as the generator told of them. */
export type Overlaps = ReadonlyMap<string, number>;
export const overlapKey = (slot: number, start: number): string => `${slot} ${start}`;

/** The truth of a carrier from its generator, and of its resets and overlaps: never from the log. */
export const knownTruth = (carrier: Carrier, faults: LogFaults, overlaps: Overlaps): KnownTruth => {
  const resets = [...faults.resets].sort((one, other) => one - other);
  return (ip, port, at) => {
    const slot = slotAt(carrier, ip, port);
    for (const { start, end, customer } of holdsOf(carrier.process, slot)) {
      if (start > at) break;
      const over = resets.find((reset) => reset > start) ?? end;
      if (at >= Math.min(over, end)) continue;
      const second = overlaps.get(overlapKey(slot, start));
      return [{ slot, customer }, ...(second === undefined ? [] : [{ slot, customer: second }])];
    }
    return [];
  };
};

export interface Moment {
  readonly ip: number;
  readonly port: number;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** An address and port of the carrier at a moment between two others, each as likely as any other. */
export const anyMoment = (random: () => number, carrier: Carrier, from: number, to: number): Moment => {
  const { outside, portFirst } = placeOf(carrier, Math.floor(random() * carrier.addresses * carrier.slotsPerAddress));
  const port = portFirst + Math.floor(random() * carrier.blockSize);
  return { ip: outside, port, at: Math.floor(from + random() * (to - from)) };
};

import { done, type Outcome, refused } from '@tutela/core';
import { isInside } from '../look-up/inside-prefix.js';
import type { IpPrefix } from '../observation/ip-address.js';
import type { Observation } from '../observation/observation.js';

/** What an authority may be told, as far as answering needs to know it (attribution.md §4.1). Times: milliseconds UTC. */
export interface DisclosureOrder {
  readonly id: string;
  /** SHA-256 of the order as it was received, lower-case hexadecimal. */
  readonly sha256: string;
  readonly purpose: string;
  readonly scope: readonly { readonly addresses: IpPrefix; readonly from: number; readonly to: number }[];
  /** More candidates than this are an answer that the order did not want; who they are is never told of more than one. */
  readonly maxCandidates: number;
  /** Identities lie elsewhere; here `identity` releases the handle that leads to one. */
  readonly disclose: 'count' | 'handle' | 'identity';
  /** Whether the order expressly takes an answer that something qualifies. */
  readonly qualified: 'withheld' | 'disclosed';
  readonly expires: number;
}

type OutsideOrder = 'OUTSIDE_ORDER_ADDRESS' | 'OUTSIDE_ORDER_TIME' | 'OUTSIDE_ORDER_PURPOSE';

/** Whether an order covers a question; decided before anything is read. */
export const admitToOrder = (
  observation: Observation,
  order: DisclosureOrder,
  asking: { readonly purpose: string; readonly now: number },
): Outcome<'admitted', OutsideOrder> => {
  if (asking.purpose !== order.purpose) return refused('OUTSIDE_ORDER_PURPOSE', 'the order is for another purpose');
  if (asking.now > order.expires) return refused('OUTSIDE_ORDER_TIME', 'the order has expired');
  const here = order.scope.filter(({ addresses }) => isInside(addresses, observation.ip));
  if (here.length === 0) return refused('OUTSIDE_ORDER_ADDRESS', 'the order does not name this address');
  const { from, to } = observation;
  return here.some((window) => window.from <= from.at && window.to >= to.at)
    ? done('admitted')
    : refused('OUTSIDE_ORDER_TIME', 'the order does not name this time for this address');
};

import { done, type Outcome, refused } from '@tutela/core';
import type { Db } from '@tutela/db';
import { isUnconfirmed } from './group.js';
import { type AskedOrder, listAskedOrders } from './queries/asked-orders.js';
import { findProvider, listUsable, type UsableObservation } from './queries.js';
import type { ObservationId } from './schema.js';

/** What asking will yield at best, told before anybody asks. */
export type Prospect =
  | { readonly kind: 'one'; readonly qualified: 'no' | 'clock-unknown' }
  /** A question without port about a shared address: the answer is a number, about so large. */
  | { readonly kind: 'a-number'; readonly candidates: number }
  /** Nobody noted how many customers share an address of this provider. */
  | { readonly kind: 'perhaps-a-number' };

interface ToAsk {
  readonly observationId: ObservationId;
  readonly ip: string;
  readonly port: number | null;
  readonly seenFrom: string;
}

export interface PreviewedObservation extends ToAsk {
  readonly prospect: Prospect;
}

export interface Preview {
  readonly providerId: string;
  readonly sharing: number | null;
  /** What an order that is drafted now asks about, and nothing else. */
  readonly observations: readonly PreviewedObservation[];
  /** Typed, and not asked about before a second person has compared them with the document. */
  readonly unconfirmed: readonly ToAsk[];
  /** Orders that ask about others of this provider already. */
  readonly asked: readonly AskedOrder[];
}

/** Behind a NAT an address alone is everybody who shares it (RFC 6269 §12); an IPv6 address is a customer's prefix. */
export const previewOrder = async (
  db: Db,
  { caseRef, providerId }: { readonly caseRef: string; readonly providerId: string },
): Promise<Outcome<Preview, 'unknown-provider'>> => {
  const provider = await findProvider(db, providerId);
  if (provider === undefined) return refused('unknown-provider', `nobody noted a provider ${providerId}`);
  const left = (await listUsable(db, caseRef)).filter((row) => row.provider_id === providerId && row.orders === 0);
  const { sharing } = provider;
  return done({
    providerId,
    sharing,
    observations: left
      .filter((row) => !isUnconfirmed(row))
      .map((row) => ({ ...toAsk(row), prospect: prospectOf(row, sharing) })),
    unconfirmed: left.filter(isUnconfirmed).map(toAsk),
    asked: await listAskedOrders(db, { caseRef, providerId }),
  });
};

const toAsk = ({ observation_id: observationId, ip, port, seen_from: seenFrom }: UsableObservation): ToAsk => ({
  observationId,
  ip: ip ?? '',
  port,
  seenFrom: seenFrom ?? '',
});

const prospectOf = (row: UsableObservation, sharing: number | null): Prospect => {
  const shared = row.port === null && row.ip?.includes(':') === false;
  if (shared && sharing === null) return { kind: 'perhaps-a-number' };
  if (shared && sharing !== null && sharing > 1) return { kind: 'a-number', candidates: sharing };
  return { kind: 'one', qualified: row.asked?.clock.errorSeconds === 'unknown' ? 'clock-unknown' : 'no' };
};

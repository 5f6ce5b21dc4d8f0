import { done, type Outcome, refused } from '@tutela/core';
import type { Db } from '@tutela/db';
import { isUnconfirmed } from './group.js';
import { findProvider, listUsable, type UsableObservation } from './queries.js';
import type { ObservationId } from './schema.js';

/** What asking will yield at best, told before anybody asks. */
export type Prospect =
  | { readonly kind: 'one'; readonly qualified: 'no' | 'clock-unknown' }
  /** A question without port about a shared address: the answer is a number, about so large. */
  | { readonly kind: 'a-number'; readonly candidates: number }
  /** Nobody noted how many customers share an address of this provider. */
  | { readonly kind: 'perhaps-a-number' }
  | { readonly kind: 'not-yet'; readonly why: 'unconfirmed' };

export interface PreviewedObservation {
  readonly observationId: ObservationId;
  readonly ip: string;
  readonly port: number | null;
  readonly seenFrom: string;
  readonly prospect: Prospect;
}

export interface Preview {
  readonly providerId: string;
  readonly sharing: number | null;
  readonly observations: readonly PreviewedObservation[];
}

/** Behind a NAT an address alone is everybody who shares it (RFC 6269 §12); an IPv6 address is a customer's prefix. */
export const previewOrder = async (
  db: Db,
  { caseRef, providerId }: { readonly caseRef: string; readonly providerId: string },
): Promise<Outcome<Preview, 'unknown-provider'>> => {
  const provider = await findProvider(db, providerId);
  if (provider === undefined) return refused('unknown-provider', `nobody noted a provider ${providerId}`);
  const rows = (await listUsable(db, caseRef)).filter((row) => row.provider_id === providerId);
  const { sharing } = provider;
  return done({
    providerId,
    sharing,
    observations: rows.map((row) => ({
      observationId: row.observation_id,
      ip: row.ip ?? '',
      port: row.port,
      seenFrom: row.seen_from ?? '',
      prospect: prospectOf(row, sharing),
    })),
  });
};

const prospectOf = (row: UsableObservation, sharing: number | null): Prospect => {
  if (isUnconfirmed(row)) return { kind: 'not-yet', why: 'unconfirmed' };
  const shared = row.port === null && row.ip?.includes(':') === false;
  if (shared && sharing === null) return { kind: 'perhaps-a-number' };
  if (shared && sharing !== null && sharing > 1) return { kind: 'a-number', candidates: sharing };
  return { kind: 'one', qualified: row.asked?.clock.errorSeconds === 'unknown' ? 'clock-unknown' : 'no' };
};

import type { SubscriberIdentity } from '@tutela/attribution/exchange';
import { canonicalJson, type UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { findCustomer, insertDisclosure } from '../queries/identities.js';

/**
 * Whom one handle stands for, noted as told under an order; `undefined` when nobody is on record. Where the line is and
 * who pays for it stay apart: an arrest once followed from taking the one for the other (attribution.md §1.9).
 */
export const discloseIdentity = async (
  tx: Tx,
  orderId: string,
  handle: string,
  at: UtcInstant,
): Promise<SubscriberIdentity | undefined> => {
  const customer = await findCustomer(tx, handle);
  if (customer === undefined) return undefined;
  const { name, line, installation_address: installationAddress, billing_address: billingAddress } = customer;
  const identity: SubscriberIdentity = {
    subscriber: handle,
    name,
    line,
    installationAddress,
    billingAddress,
    reasons: [
      ...(line === 'residential' ? [] : (['BUSINESS_OR_SHARED_LINE'] as const)),
      ...(installationAddress === billingAddress ? [] : (['BILLING_NE_INSTALLATION_ADDRESS'] as const)),
    ],
  };
  const row = { order_id: orderId, handle, document: canonicalJson(identity), disclosed_at: at };
  await insertDisclosure(tx, row);
  return identity;
};

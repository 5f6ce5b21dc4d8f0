import type { OpaqueTags } from '@tutela/attribution';
import { type Clock, done, type Outcome, refused } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { z } from 'zod';
import { identitiesNotedEvent } from '../events.js';
import { putCustomer } from '../queries/identities.js';

const text = z.string().min(1).max(1000);
const customerSchema = z.strictObject({
  /** As session and lease logs name it. */
  account: z.string().min(1).max(500),
  name: z.string().min(1).max(500),
  line: z.enum(['residential', 'business', 'shared']),
  installationAddress: text,
  billingAddress: text,
});

/**
 * Takes over customers from JSON lines, all or none. The account's name is not kept: only its handle, which the
 * segments have as well.
 */
export const noteIdentities = async (
  { db, clock, tags }: { readonly db: Db; readonly clock: Clock; readonly tags: OpaqueTags },
  lines: AsyncIterable<string>,
  by: string,
): Promise<Outcome<number, 'customer-malformed'>> =>
  await inTransaction(db, async (tx) => {
    const at = clock.now();
    let count = 0;
    let place = 0;
    for await (const line of lines) {
      place++;
      if (line.trim() === '') continue;
      const read = customerSchema.safeParse(parsed(line));
      // The message tells where, never what stood there.
      if (!read.success) throw new Malformed(`line ${place} is no customer`);
      const { account, name, line: kind, installationAddress, billingAddress } = read.data;
      await putCustomer(tx, {
        handle: tags.account(account),
        name,
        line: kind,
        installation_address: installationAddress,
        billing_address: billingAddress,
        noted_at: at,
      });
      count++;
    }
    await appendEvent(tx, identitiesNotedEvent(count, by, at));
    return done(count);
  }).catch((error: unknown) => {
    if (error instanceof Malformed) return refused('customer-malformed', error.message);
    throw error;
  });

/** Undoes the transaction. */
class Malformed extends Error {}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

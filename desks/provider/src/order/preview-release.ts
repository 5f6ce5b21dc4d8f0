import type { OrderDocument } from '@tutela/attribution/exchange';
import { done, type Outcome } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { orderPreviewedEvent } from '../events.js';
import { findOrder } from '../queries/orders.js';
import type { OrderDeps } from './order-deps.js';
import { type Release, type ReleaseAsked, type ReleaseFault, releaseIn } from './release-order.js';

/** What would leave, question by question; of several candidates their number, and never a handle or a name. */
export interface ReleasePreview {
  readonly when: Release['when'];
  readonly answers: readonly PreviewedAnswer[];
  readonly identities: number;
}

export interface PreviewedAnswer {
  readonly ordinal: number;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly candidates: number;
  readonly tells: 'nothing' | 'number' | 'handle' | 'identity';
}

/**
 * The release itself, taken back: it asks for the same two approvals, opens what the release would open, and leaves one
 * event that somebody looked (test: "a preview asks for the approvals of the release, and takes everything back").
 */
export const previewRelease = async (
  deps: OrderDeps,
  orderId: string,
  asked: ReleaseAsked,
): Promise<Outcome<ReleasePreview, ReleaseFault>> => {
  const takenBack = new Error('a preview is taken back');
  let found: Outcome<Release, ReleaseFault> | undefined;
  await inTransaction(deps.db, async (tx) => {
    found = await releaseIn(deps, tx, orderId, asked);
    throw takenBack;
  }).catch((error: unknown) => {
    if (error !== takenBack) throw error;
  });
  const row = await findOrder(deps.db, orderId);
  const release = found as Outcome<Release, ReleaseFault>;
  if (release.kind !== 'done' || row === undefined) return release as Exclude<typeof release, { kind: 'done' }>;
  await inTransaction(deps.db, (tx) => appendEvent(tx, orderPreviewedEvent(orderId, asked.by, deps.clock.now())));
  const { disclose } = JSON.parse(row.document) as OrderDocument;
  const { when, document, identities } = release.value;
  return done({
    when,
    identities,
    answers: document.answers.map(({ released }, at) => previewed(released, at, disclose)),
  });
};

type Released = Release['document']['answers'][number]['released'];

const previewed = (released: Released, ordinal: number, disclose: OrderDocument['disclose']): PreviewedAnswer => {
  const { outcome, reasons, candidates } = released;
  const named = 'subscriber' in released && released.subscriber !== 'withheld' && disclose !== 'count';
  const number = outcome === 'REFUSED' ? 'nothing' : 'number';
  return { ordinal, outcome, reasons: [...reasons], candidates, tells: named ? disclose : number };
};

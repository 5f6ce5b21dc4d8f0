import { type Clock, done, type Outcome } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { tongueOf } from '../tongues.js';
import { periodOf } from './clock.js';
import { requestBlocks } from './document.js';
import { faultOf, type MakeFault, type NewRequest } from './fault-of.js';
import { letterText } from './render.js';

export interface RequestPreview {
  readonly language: 'en' | 'es' | 'pt-BR';
  readonly text: string;
}

/**
 * The letter as `makeRequest` would keep it, word by word; only its reference is not given out before it is kept. What
 * would be refused then is refused now. Nothing is stored.
 */
export const previewRequest = async (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  asked: Omit<NewRequest, 'by'>,
): Promise<Outcome<RequestPreview, MakeFault>> => {
  const { record, preservedBy, renews } = asked;
  const period = periodOf(record, renews === undefined ? 'first' : 'renewal');
  if (period.kind !== 'done') return period;
  const fault = await inTransaction(db, (tx) => faultOf(tx, asked));
  if (fault !== undefined) return fault;
  const tongue = tongueOf([record.language]);
  const requestId = tongue.say('clearinghouse.request.reference-later');
  const blocks = requestBlocks(tongue, {
    requestId,
    record,
    days: period.value,
    preservedBy,
    renews,
    madeAt: clock.now(),
  });
  return done({ language: tongue.language, text: letterText(blocks) });
};

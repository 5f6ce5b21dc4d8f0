import type { JsonObject } from '@tutela/core';
import type { Db } from '@tutela/db';
import { countDesk, countOutcomes } from './queries/summary.js';

/** The desk at a glance: numbers only. */
export const summarise = async (db: Db): Promise<JsonObject> => {
  const [{ received, released, declined, alarms, ...kept }, outcomes] = await Promise.all([
    countDesk(db),
    countOutcomes(db),
  ]);
  return { ...kept, orders: { received, released, declined, alarms }, outcomes };
};

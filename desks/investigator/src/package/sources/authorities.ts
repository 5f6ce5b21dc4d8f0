import type { DecisionRecord } from '@tutela/evidence';
import { listDecisions, loadGrounds } from '@tutela/policy/postgres';
import type { MaterialSource } from '../material-source.js';

/** Under what authority things were done, and what was decided on that ground. */
export const authorityMaterial: MaterialSource = async ({ db }, caseRef) => {
  const [{ authorities }, decisions] = await Promise.all([loadGrounds(db, caseRef), listDecisions(db, caseRef)]);
  return {
    authorities,
    decisions: decisions.map(
      ({ id, batch }): DecisionRecord => ({
        id,
        at: batch.at,
        actor: batch.actor ?? 'tutela',
        step: batch.step,
        objects: [`${batch.group}: ${batch.count} with SHA-256 ${batch.objectsSha256}`],
        answer: batch.answer,
        rule: batch.rule,
        ...(batch.authority !== undefined && { authority: batch.authority }),
        ...(batch.version !== undefined && { version: batch.version }),
      }),
    ),
  };
};

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { actorOf, refuse } from '@tutela/http';
import { compileScope, type PersonId, steps } from '@tutela/policy';
import { actorIn, loadGrounds } from '@tutela/policy/postgres';
import { Type } from 'typebox';
import { itemStandingBody } from '../../api/seizure.js';
import { caseRef } from '../../api/shape.js';
import { objectOf } from '../../archive/archive-item.js';
import { fullPathOf } from '../../seizure/queries/full-path.js';
import type { ItemId } from '../../seizure/schema.js';
import { visibleItem, whoseItems } from '../../seizure/visible-items.js';
import { looksOfContent, matchOfItem } from '../../service/queries/stacks.js';
import type { RouteDeps } from '../route-deps.js';
import { camel, told } from '../told.js';

const params = Type.Object({ caseRef, itemId: Type.Integer({ minimum: 1 }) });

/** `GET /investigator/cases/:caseRef/items/:itemId`: a file, and what the authorities allow whoever asks to do with it. */
export const showItemRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params, response: { 200: itemStandingBody } };
    server.get('/investigator/cases/:caseRef/items/:itemId', { schema }, async (request, reply) => {
      const { caseRef: ref, itemId } = request.params;
      const actor = await actorIn(db, ref, actorOf(request) as PersonId);
      const item = await visibleItem(db, actor, { caseRef: ref, itemId: itemId as ItemId });
      if (item === undefined)
        return refuse(reply, { code: 'unknown-item', message: `there is no file ${itemId} to be seen in ${ref}` });
      const scope = compileScope(await loadGrounds(db, ref), ref, clock.now());
      const { item_id, source_id: sourceId, modified_at: modifiedAt, file_class: fileClass, account } = item;
      const mine = whoseItems(actor) === 'without-filter';
      const fullPath = await fullPathOf(db, item_id);
      const object = objectOf({ itemId: item_id, sourceId, fullPath, account, modifiedAt, fileClass });
      return {
        item: camel(item),
        match: told((mine ? await matchOfItem(db, ref, item_id) : undefined) ?? null),
        looks: told((mine && item.sha256 !== null ? await looksOfContent(db, ref, item.sha256) : undefined) ?? null),
        steps: steps.map((step) => {
          const decision = scope.decide({ step, object, actor });
          return {
            step,
            answer: decision.answer,
            rule: decision.rule,
            need: decision.answer === 'needs' ? decision.need : null,
            authority: decision.answer === 'allow' ? decision.authority : null,
            keepTo: decision.answer === 'allow' ? told(decision.keepTo) : [],
          };
        }),
      };
    });
  };

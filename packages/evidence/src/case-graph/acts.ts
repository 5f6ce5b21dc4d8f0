import type { JsonObject } from '@tutela/core';
import type { AnswerRecord, AuthorityVersion, CustodyRecord, ExhibitRecord, OrderRecord } from '../material/records.js';
import type { NodeIds } from './node-id.js';
import { provenanceId, toolId, toolNode } from './objects.js';
import { integer, link, links, node, relationship, time } from './vocabulary.js';

export const authorizationNode = (ids: NodeIds, { authority }: AuthorityVersion): JsonObject =>
  node(authorizationId(ids, authority), 'case-investigation:Authorization', {
    'uco-core:name': `${authority.id} version ${authority.version}`,
    'uco-core:description': authority.operativeText,
    'case-investigation:authorizationType': authority.kind,
    'case-investigation:authorizationIdentifier': authority.fileNumber,
    'uco-core:startTime': time(authority.from),
    'uco-core:endTime': time(authority.to),
  });

export const authorizationId = (ids: NodeIds, { id, version }: AuthorityVersion['authority']): string =>
  ids('authorization', id, String(version));

/** How records name what acts are done with: an exhibit, or an item that may be there as original and as derivative. */
export type ObjectsNamed = (name: string) => readonly string[];

/** An act of custody, after the last one on one of its objects, under the authority that it names. */
export const custodyNodes = (
  ids: NodeIds,
  custody: readonly CustodyRecord[],
  authorities: readonly AuthorityVersion[],
  objectsNamed: ObjectsNamed,
): readonly JsonObject[] => {
  const lastOn = new Map<string, string>();
  return [...custody]
    .sort((one, other) => one.seq - other.seq)
    .flatMap((record) => {
      const id = ids('custody', String(record.seq));
      const before = record.objects.flatMap((object) => lastOn.get(object.id) ?? []);
      for (const object of record.objects) lastOn.set(object.id, id);
      const objects = record.objects.flatMap((object) => objectsNamed(object.id));
      return [
        node(id, 'case-investigation:InvestigativeAction', {
          'uco-core:name': record.action,
          'uco-core:description': [`${record.reason}: ${record.result}`, ...digestTexts(record)],
          'uco-action:performer': link(ids('identity', record.actor)),
          'uco-action:participant': record.secondActor && link(ids('identity', record.secondActor)),
          'uco-action:startTime': time(record.at),
          'uco-action:instrument': record.tool && link(toolId(ids, record.tool)),
          'uco-action:object': links(objects),
          'case-investigation:wasInformedBy': links(before),
        }),
        ...(record.tool ? [toolNode(ids, record.tool)] : []),
        ...underAuthority(ids, id, record.authority, authorities),
      ];
    });
};

const digestTexts = ({ objects }: CustodyRecord): readonly string[] =>
  objects.flatMap(({ id, sha256In, sha256Out }) => [
    ...(sha256In ? [`${id} in: SHA-256 ${sha256In}`] : []),
    ...(sha256Out ? [`${id} out: SHA-256 ${sha256Out}`] : []),
  ]);

/** Every version of the authority that is in the package. */
const underAuthority = (
  ids: NodeIds,
  act: string,
  authority: string | undefined,
  authorities: readonly AuthorityVersion[],
): readonly JsonObject[] =>
  authorities
    .filter((each) => each.authority.id === authority)
    .map((each) => {
      const target = authorizationId(ids, each.authority);
      return relationship(ids('authorized', act, target), act, 'Authorized_By', target);
    });

export const acquisitionNodes = (ids: NodeIds, exhibit: ExhibitRecord): readonly JsonObject[] => {
  const { acquisition } = exhibit;
  if (acquisition === undefined) return [];
  const errors = acquisition.readErrors.length === 0 ? 'no read errors' : acquisition.readErrors.join('; ');
  const result = [provenanceId(ids, exhibit.id), ...(exhibit.digests ? [ids('image', exhibit.id)] : [])];
  return [
    toolNode(ids, acquisition.tool),
    node(ids('acquisition', exhibit.id), 'case-investigation:InvestigativeAction', {
      'uco-core:name': 'acquired',
      'uco-core:description': errors,
      'uco-action:performer': link(ids('identity', acquisition.by)),
      'uco-action:startTime': time(acquisition.at),
      'uco-action:instrument': link(toolId(ids, acquisition.tool)),
      'uco-action:object': link(ids('exhibit', exhibit.id)),
      'uco-action:result': links(result),
    }),
  ];
};

/** What was asked: address, port and time as connection, since UCO 1.4 has no class for a translated address. */
export const orderNodes = (
  ids: NodeIds,
  order: OrderRecord,
  authorities: readonly AuthorityVersion[],
): readonly JsonObject[] => {
  const asked = order.questions.map((_, at) => ids('question', order.id, String(at)));
  const addresses = order.questions.map(({ address }) => {
    const family = address.includes(':') ? 'IPv6Address' : 'IPv4Address';
    return node(ids('address', address), `uco-observable:${family}`, {
      'uco-core:hasFacet': node(ids('address-facet', address), `uco-observable:${family}Facet`, {
        'uco-observable:addressValue': address,
      }),
    });
  });
  const connections = order.questions.map(({ address, port, protocol, from, to }, at) =>
    node(asked[at] as string, 'uco-observable:NetworkConnection', {
      'uco-core:description': protocol,
      'uco-core:hasFacet': node(ids('question-facet', order.id, String(at)), 'uco-observable:NetworkConnectionFacet', {
        'uco-observable:src': link(ids('address', address)),
        'uco-observable:sourcePort': port === undefined ? undefined : integer(String(port)),
        'uco-observable:startTime': time(from),
        'uco-observable:endTime': time(to),
      }),
    }),
  );
  const act = ids('order', order.id);
  return [
    ...addresses,
    ...connections,
    node(ids('organization', order.addressee), 'uco-identity:Organization', { 'uco-core:name': order.addressee }),
    node(act, 'case-investigation:InvestigativeAction', {
      'uco-core:name': order.kind,
      'uco-core:description': `order ${order.id}, disclosure: ${order.disclosure}`,
      'uco-action:participant': link(ids('organization', order.addressee)),
      'uco-action:startTime': time(order.issuedAt),
      'uco-action:object': links(asked),
    }),
    ...underAuthority(ids, act, order.authority, authorities),
  ];
};

/** The outcome as a statement: CASE knows no class for it, and nothing is claimed beyond what was answered. */
export const answerNodes = (
  ids: NodeIds,
  answer: AnswerRecord,
  orders: readonly OrderRecord[],
): readonly JsonObject[] => {
  const statement = ids('answer-statement', answer.id);
  const order = orders.find(({ id }) => id === answer.order);
  return [
    node(statement, 'uco-core:Assertion', {
      'uco-core:statement': [answer.outcome, ...answer.reasons, ...answer.caveats],
    }),
    node(ids('answer', answer.id), 'case-investigation:InvestigativeAction', {
      'uco-core:name': 'answer-received',
      'uco-action:performer': order && link(ids('organization', order.addressee)),
      'uco-action:endTime': time(answer.at),
      'uco-action:result': links([statement, ...(answer.subscriber ? [ids('identity', answer.subscriber)] : [])]),
      'case-investigation:wasInformedBy': order && link(ids('order', order.id)),
    }),
  ];
};

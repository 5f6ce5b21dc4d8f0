import type { JsonObject, UtcInstant } from '@tutela/core';
import type { CaseMaterial } from '../material/case-material.js';
import { acquisitionNodes, answerNodes, authorizationId, authorizationNode, custodyNodes, orderNodes } from './acts.js';
import { nodeIds } from './node-id.js';
import { exhibitNodes, itemNodes, provenanceId, reportNodes, toolId, toolNode } from './objects.js';
import { type PersonInCase, peopleNodes } from './people.js';
import { context, link, links, node, time } from './vocabulary.js';

export interface GraphFacts {
  readonly package: string;
  readonly createdAt: UtcInstant;
  readonly software: { readonly name: string; readonly version: string };
  /** Pseudonym of whoever asked for the package. */
  readonly requestedBy: string;
}

/**
 * The case as CASE/UCO 1.4.0 (JSON-LD with its context inside). Made from the records alone: the same package gives the
 * same graph, identifiers included.
 */
export const buildCaseGraph = (material: CaseMaterial, facts: GraphFacts): JsonObject => {
  const ids = nodeIds(facts.package);
  const { exhibits = [], custody = [], reports = [], authorities = [], orders = [], answers = [], items } = material;
  const objectsNamed = (name: string): readonly string[] => [
    ...(exhibits.some(({ id }) => id === name) ? [ids('exhibit', name)] : []),
    ...items.filter(({ id }) => id === name).map(({ as }) => ids('item', name, as)),
  ];
  const packed = items.map(({ id, as }) => ids('item', id, as));
  const tool = { name: facts.software.name, version: facts.software.version };
  const nodes = [
    ...peopleNodes(ids, peopleOf(material, facts)),
    ...authorities.map((authority) => authorizationNode(ids, authority)),
    ...exhibits.flatMap((exhibit) => exhibitNodes(ids, exhibit, exhibits, items)),
    ...exhibits.flatMap((exhibit) => acquisitionNodes(ids, exhibit)),
    ...reports.flatMap((report) => reportNodes(ids, report)),
    ...items.flatMap((item) => itemNodes(ids, item, items, exhibits)),
    ...custodyNodes(ids, custody, authorities, objectsNamed),
    ...orders.flatMap((order) => orderNodes(ids, order, authorities)),
    ...answers.flatMap((answer) => answerNodes(ids, answer, orders)),
    toolNode(ids, tool),
    node(ids('package'), 'case-investigation:ProvenanceRecord', {
      'uco-core:name': facts.package,
      'uco-core:object': links(packed),
    }),
    node(ids('export'), 'case-investigation:InvestigativeAction', {
      'uco-core:name': 'package-made',
      'uco-action:performer': link(ids('identity', facts.requestedBy)),
      'uco-action:startTime': time(facts.createdAt),
      'uco-action:instrument': link(toolId(ids, tool)),
      'uco-action:object': links(packed),
      'uco-action:result': link(ids('package')),
    }),
    node(ids('investigation'), 'case-investigation:Investigation', {
      'uco-core:name': material.case.title,
      'uco-core:description': `${material.case.ref}, ${material.case.agency}`,
      'case-investigation:investigationForm': 'case',
      'case-investigation:focus': material.case.offence,
      'case-investigation:relevantAuthorization': links(
        authorities.map(({ authority }) => authorizationId(ids, authority)),
      ),
      'uco-core:object': links([...exhibits.map(({ id }) => provenanceId(ids, id)), ids('package')]),
    }),
  ];
  return {
    '@context': context,
    ...node(ids('bundle'), 'uco-core:Bundle', {
      'uco-core:name': facts.package,
      'uco-core:specVersion': '1.4.0',
      'uco-core:objectCreatedTime': time(facts.createdAt),
      'uco-core:object': [...new Map(nodes.map((each) => [each['@id'], each])).values()],
    }),
  };
};

const peopleOf = (material: CaseMaterial, { requestedBy }: GraphFacts): readonly PersonInCase[] => [
  { id: requestedBy },
  ...(material.custody ?? []).flatMap(({ actor, role, secondActor }) => [
    { id: actor, ...(role !== undefined && { role }) },
    ...(secondActor === undefined ? [] : [{ id: secondActor }]),
  ]),
  ...(material.exhibits ?? []).flatMap(({ acquisition, seizedFrom }) => [
    ...(acquisition ? [{ id: acquisition.by }] : []),
    ...(seizedFrom === undefined ? [] : [{ id: seizedFrom, role: 'subject' }]),
  ]),
  ...(material.answers ?? []).flatMap(({ subscriber }) => (subscriber === undefined ? [] : [{ id: subscriber }])),
];

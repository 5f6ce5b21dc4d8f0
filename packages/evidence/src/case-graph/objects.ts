import type { JsonObject } from '@tutela/core';
import type { MaterialItem } from '../material/case-material.js';
import type { ExhibitRecord, ReportRecord, ToolUse } from '../material/records.js';
import type { NodeIds } from './node-id.js';
import { hashes, integer, link, links, node, relationship, time } from './vocabulary.js';

export const toolId = (ids: NodeIds, { name, version, sha256 = '' }: ToolUse): string =>
  ids('tool', name, version, sha256);

export const toolNode = (ids: NodeIds, tool: ToolUse): JsonObject =>
  node(toolId(ids, tool), 'uco-tool:Tool', {
    'uco-core:name': tool.name,
    'uco-tool:version': tool.version,
    'uco-core:description': tool.sha256 && `SHA-256 of the program: ${tool.sha256}`,
  });

/** The device, its image when one was made, and the provenance record that carries the exhibit number. */
export const exhibitNodes = (
  ids: NodeIds,
  exhibit: ExhibitRecord,
  all: readonly ExhibitRecord[],
  items: readonly MaterialItem[],
): readonly JsonObject[] => {
  const device = ids('exhibit', exhibit.id);
  const image = ids('image', exhibit.id);
  const found = items.filter((item) => item.exhibit === exhibit.id).map((item) => ids('item', item.id, item.as));
  const imageNodes = exhibit.digests && [
    node(image, 'uco-observable:File', {
      'uco-core:name': `image of ${exhibit.id}`,
      'uco-core:hasFacet': node(ids('image-content', exhibit.id), 'uco-observable:ContentDataFacet', {
        'uco-observable:hash': hashes(exhibit.digests, (method) => ids('image-hash', exhibit.id, method)),
      }),
    }),
    relationship(ids('imaged', exhibit.id), image, 'Derived_From', device),
  ];
  return [
    node(device, 'uco-observable:Device', {
      'uco-core:name': exhibit.id,
      'uco-core:description': exhibit.description,
      'uco-core:hasFacet': node(ids('device', exhibit.id), 'uco-observable:DeviceFacet', {
        'uco-observable:model': exhibit.make,
        'uco-observable:serialNumber': exhibit.serial,
      }),
    }),
    ...(imageNodes ?? []),
    node(provenanceId(ids, exhibit.id), 'case-investigation:ProvenanceRecord', {
      'uco-core:name': exhibit.id,
      'uco-core:description': exhibit.description,
      'case-investigation:exhibitNumber': exhibit.id,
      'case-investigation:rootExhibitNumber': rootOf(exhibit, all).id,
      'uco-core:object': links([device, ...(imageNodes ? [image] : []), ...found]),
    }),
  ];
};

export const provenanceId = (ids: NodeIds, exhibit: string): string => ids('provenance', exhibit);

const rootOf = (exhibit: ExhibitRecord, all: readonly ExhibitRecord[]): ExhibitRecord => {
  const seen = new Set<string>();
  let at = exhibit;
  while (at.parent !== undefined && !seen.has(at.id)) {
    seen.add(at.id);
    const parent = all.find(({ id }) => id === at.parent);
    if (parent === undefined) return at;
    at = parent;
  }
  return at;
};

/** @param image whether an image of its exhibit is in the graph */
export const itemNodes = (
  ids: NodeIds,
  item: MaterialItem,
  others: readonly MaterialItem[],
  exhibits: readonly ExhibitRecord[],
): readonly JsonObject[] => {
  const id = ids('item', item.id, item.as);
  const part = (kind: string, ...more: string[]) => ids(kind, item.id, item.as, ...more);
  const original = others.find((other) => other.id === item.id && other.as === 'original');
  const from = item.as === 'derivative' && original ? ids('item', original.id, 'original') : undefined;
  const exhibit = exhibits.find((each) => each.id === item.exhibit);
  const source = exhibit && ids(exhibit.digests ? 'image' : 'exhibit', exhibit.id);
  const size = integer(String(item.bytes));
  return [
    node(id, 'uco-observable:File', {
      'uco-core:name': item.id,
      'uco-core:description': item.reason,
      'case-investigation:wasDerivedFrom': from && link(from),
      'uco-core:hasFacet': [
        node(part('file'), 'uco-observable:FileFacet', {
          'uco-observable:fileName': item.name,
          'uco-observable:filePath': item.foundAt,
          'uco-observable:sizeInBytes': size,
        }),
        node(part('content'), 'uco-observable:ContentDataFacet', {
          'uco-observable:mimeType': item.mediaType,
          'uco-observable:sizeInBytes': size,
          'uco-observable:hash': hashes(item.digests, (method) => part('hash', method)),
        }),
      ],
    }),
    ...(source && item.as === 'original' ? [relationship(part('found-in'), id, 'Contained_Within', source)] : []),
    ...(item.report ? [relationship(part('reported-in'), id, 'Referenced_Within', ids('report', item.report))] : []),
    ...(item.madeWith ? [toolNode(ids, item.madeWith)] : []),
    ...(item.madeWith && from
      ? [
          node(part('made'), 'case-investigation:InvestigativeAction', {
            'uco-core:name': 'derivative-made',
            'uco-action:instrument': link(toolId(ids, item.madeWith)),
            'uco-action:object': link(from),
            'uco-action:result': link(id),
          }),
        ]
      : []),
  ];
};

export const reportNodes = (ids: NodeIds, report: ReportRecord): readonly JsonObject[] => [
  node(ids('organization', report.from), 'uco-identity:Organization', { 'uco-core:name': report.from }),
  node(ids('report', report.id), 'uco-observable:File', {
    'uco-core:name': report.id,
    'uco-core:description': report.incidentType,
    'uco-core:hasFacet': node(ids('report-content', report.id), 'uco-observable:ContentDataFacet', {
      'uco-observable:hash': hashes(report, (method) => ids('report-hash', report.id, method)),
    }),
  }),
  node(ids('report-received', report.id), 'case-investigation:InvestigativeAction', {
    'uco-core:name': 'report-received',
    'uco-action:performer': link(ids('organization', report.from)),
    'uco-action:startTime': report.sentAt && time(report.sentAt),
    'uco-action:endTime': time(report.receivedAt),
    'uco-action:result': link(ids('report', report.id)),
  }),
];

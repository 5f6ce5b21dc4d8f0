import type { JsonObject, JsonValue } from '@tutela/core';
import type { Digests } from '../material/records.js';

const uco = 'https://ontology.unifiedcyberontology.org/uco/';

/** Stands in the file itself: nobody needs a network to read it. */
export const context: JsonObject = {
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': `${uco}action/`,
  'uco-core': `${uco}core/`,
  'uco-identity': `${uco}identity/`,
  'uco-observable': `${uco}observable/`,
  'uco-role': `${uco}role/`,
  'uco-tool': `${uco}tool/`,
  'uco-types': `${uco}types/`,
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** A node; members that are `undefined` or empty lists are left out. */
export const node = (
  id: string,
  type: string,
  members: Readonly<Record<string, JsonValue | undefined>> = {},
): JsonObject => ({ '@id': id, '@type': type, ...present(members) });

const present = (members: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(members).filter(
      (member): member is [string, JsonValue] => member[1] !== undefined && !isEmptyList(member[1]),
    ),
  );

const isEmptyList = (value: JsonValue): boolean => Array.isArray(value) && value.length === 0;

export const link = (id: string): JsonObject => ({ '@id': id });
export const links = (ids: readonly string[]): readonly JsonObject[] => [...new Set(ids)].map(link);
export const time = (instant: string): JsonObject => ({ '@type': 'xsd:dateTime', '@value': instant });
export const integer = (digits: string): JsonObject => ({ '@type': 'xsd:integer', '@value': digits });

/** From UCO 1.4.0 `hashMethod` is a plain string of its vocabulary. @param id of the hash with a method */
export const hashes = (digests: Partial<Digests>, id: (method: string) => string): readonly JsonObject[] =>
  (
    [
      ['SHA256', digests.sha256],
      ['SHA1', digests.sha1],
      ['MD5', digests.md5],
    ] as const
  ).flatMap(([method, value]) =>
    value === undefined
      ? []
      : [
          node(id(method), 'uco-types:Hash', {
            'uco-types:hashMethod': method,
            'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': value },
          }),
        ],
  );

/** One thing said of another. UCO 1.4 has no property from an action to its authorisation, nor a role's bearer. */
export const relationship = (id: string, source: string, kind: string, target: string): JsonObject =>
  node(id, 'uco-core:Relationship', {
    'uco-core:source': link(source),
    'uco-core:target': link(target),
    'uco-core:kindOfRelationship': kind,
    'uco-core:isDirectional': true,
  });

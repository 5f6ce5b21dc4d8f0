import type { UtcInstant } from '@tutela/core';
import { type Finding, maxFindings, schemaFinding } from '../finding.js';
import type { Attributes, Complex, Element, Mode, Scalar, SchemaVersion, Type } from '../schema/notation.js';
import type { ValueOf } from '../schema/values.js';
import type { XmlElement } from '../xml/tree.js';
import { type Placed, placeChildren } from './content-model.js';
import { isComplex } from './encode.js';
import { readScalar, type ScalarValue } from './lexical.js';
import { limitBreaches } from './limits.js';

export interface DecodeOptions {
  readonly version: SchemaVersion;
  readonly mode: Mode;
  readonly now: UtcInstant;
}

/** `value` is absent when the schema is broken anywhere: half a document is no document. */
export interface Decoded<V> {
  readonly value?: V;
  readonly findings: readonly Finding[];
}

/** Checks a tree against a description and gives its value. Limits are found too, but do not withhold the value. */
export const decode = <E extends Element>(
  element: E,
  tree: XmlElement,
  options: DecodeOptions,
): Decoded<ValueOf<E['type']>> => {
  const findings: Finding[] = [];
  const path = `/${tree.name}`;
  if (tree.name !== element.name) {
    const message = `the document is a ${tree.name}, not a ${element.name}`;
    return { findings: [schemaFinding('cvc-elt.1', path, message, `Send a ${element.name} document.`, tree)] };
  }
  const value = decodeType(element.type, tree, path, { ...options, findings });
  if (findings.some((finding) => finding.layer === 'schema')) return { findings };
  // The walk above checked every member against the very description from which the type is inferred.
  return { value: value as ValueOf<E['type']>, findings };
};

interface Walk extends DecodeOptions {
  readonly findings: Finding[];
}

const decodeType = (type: Type, tree: XmlElement, path: string, walk: Walk): unknown => {
  if (walk.findings.length >= maxFindings) return undefined;
  if (!isComplex(type)) {
    refuseAttributes({}, tree, path, walk);
    return decodeText(type, tree, path, walk);
  }
  const attributes = decodeAttributes(type, tree, path, walk);
  if (type.kind === 'simple') return { value: decodeText(type.value, tree, path, walk), ...attributes };
  if (/[^\t\n\r ]/.test(tree.text)) {
    const message = 'text stands between elements';
    walk.findings.push(schemaFinding('cvc-complex-type.2.3', path, message, 'Put it into an element.', tree));
  }
  return { ...decodeChildren(type, tree, path, walk), ...attributes };
};

const decodeText = (type: Scalar, tree: XmlElement, path: string, walk: Walk): ScalarValue | undefined => {
  const [child] = tree.children;
  if (child !== undefined) {
    const message = `${child.name} stands where only text may`;
    walk.findings.push(schemaFinding('cvc-type.3.1.2', path, message, 'Send text alone.', child));
    return undefined;
  }
  return decodeScalar(type, tree.text, tree, path, walk);
};

const decodeScalar = (type: Scalar, raw: string, at: XmlElement, path: string, walk: Walk) => {
  const read = readScalar(type, raw);
  if (read.kind === 'broken') {
    const message = `the value is not ${read.expected}`;
    walk.findings.push(schemaFinding(read.rule, path, message, `Use ${read.expected}.`, at));
    return undefined;
  }
  const position = at.position === undefined ? {} : { position: at.position };
  for (const breach of limitBreaches(type, read.value, walk.now)) {
    walk.findings.push({ layer: 'rules', path, ...breach, ...position });
  }
  return read.value;
};

const decodeAttributes = (
  { attributes }: Complex,
  tree: XmlElement,
  path: string,
  walk: Walk,
): Record<string, ScalarValue> => {
  refuseAttributes(attributes, tree, path, walk);
  const values: Record<string, ScalarValue> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const raw = tree.attributes[name];
    if (raw !== undefined) {
      const value = decodeScalar(attribute.type, raw, tree, `${path}/@${name}`, walk);
      if (value !== undefined) values[name] = value;
    } else if (attribute.required === 'always' || attribute.required === walk.mode) {
      const message = `attribute ${name} is missing`;
      walk.findings.push(schemaFinding('cvc-complex-type.4', `${path}/@${name}`, message, `Add ${name}.`, tree));
    }
  }
  return values;
};

const refuseAttributes = (known: Attributes, tree: XmlElement, path: string, walk: Walk): void => {
  for (const name of Object.keys(tree.attributes)) {
    const attribute = Object.hasOwn(known, name) ? known[name] : undefined;
    if (attribute !== undefined && (attribute.only === undefined || attribute.only === walk.mode)) continue;
    const remedy = attribute === undefined ? `Remove ${name}.` : `Only mode ${attribute.only} reads ${name}.`;
    const message = `attribute ${name} is not allowed here`;
    walk.findings.push(schemaFinding('cvc-complex-type.3.2.2', `${path}/@${name}`, message, remedy, tree));
  }
};

const decodeChildren = (
  type: Exclude<Complex, { kind: 'simple' }>,
  tree: XmlElement,
  path: string,
  walk: Walk,
): Record<string, unknown> => {
  const { placed, findings } = placeChildren(type, tree, path, walk.version);
  walk.findings.push(...findings);
  const values: Record<string, unknown> = {};
  const lists = new Map<string, unknown[]>();
  for (const child of placed) {
    const { name } = child.element;
    const value = decodeType(child.element.type, child.tree, child.path, walk);
    if (isRepeatable(child)) {
      const list = lists.get(name) ?? [];
      list.push(value);
      lists.set(name, list);
      values[name] = list;
    } else {
      values[name] = value;
    }
  }
  return values;
};

const isRepeatable = ({ element }: Placed): boolean => element.occurs === '*' || element.occurs === '+';

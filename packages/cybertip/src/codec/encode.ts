import { CybertipError } from '../cybertip-error.js';
import type { Attributes, Complex, Element, Particle, Type } from '../schema/notation.js';
import type { ValueOf } from '../schema/values.js';
import type { XmlElement } from '../xml/tree.js';
import { type ScalarValue, writeScalar } from './lexical.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * The tree of a value: attributes and children in the order of the description, whatever the order of the value's
 * members. It does not check; `decode` does, and for documents in both directions.
 * @throws CybertipError `unknown-member` for a member that the description does not have, since dropping it would
 * file less than the caller meant; `not-a-value` for what its type forbids.
 */
export const encode = <E extends Element>(element: E, value: ValueOf<E['type']>): XmlElement =>
  encodeElement(element.name, element.type, value);

const encodeElement = (name: string, type: Type, value: unknown): XmlElement => {
  if (!isComplex(type)) return { name, attributes: {}, children: [], text: scalarText(name, value) };
  const members = membersOf(name, value);
  const attributes = encodeAttributes(type.attributes, members);
  if (type.kind === 'simple') {
    refuseUnknown(name, members, ['value', ...Object.keys(type.attributes)]);
    return { name, attributes, children: [], text: scalarText(name, members.value) };
  }
  const elements = elementsOf(type.particles);
  refuseUnknown(name, members, [...elements.map((it) => it.name), ...Object.keys(type.attributes)]);
  return { name, attributes, children: elements.flatMap((it) => occurrences(it, members[it.name])), text: '' };
};

export const isComplex = (type: Type): type is Complex => 'attributes' in type;

/** The elements of a complex type in their order, alternatives side by side. */
export const elementsOf = (particles: readonly Particle[]): readonly Element[] =>
  particles.flatMap((particle) => ('either' in particle ? particle.either : [particle]));

const occurrences = (element: Element, value: unknown): readonly XmlElement[] => {
  if (value === undefined) return [];
  if (element.occurs === '1' || element.occurs === '?') return [encodeElement(element.name, element.type, value)];
  if (!Array.isArray(value)) throw new CybertipError('not-a-value', `${element.name} is not a list`);
  return value.map((item) => encodeElement(element.name, element.type, item));
};

const encodeAttributes = (attributes: Attributes, members: Members): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(attributes)
      .filter((name) => members[name] !== undefined)
      .map((name) => [name, scalarText(name, members[name])]),
  );

const scalarText = (name: string, value: unknown): string => {
  if (isScalarValue(value)) return writeScalar(value);
  throw new CybertipError('not-a-value', `${name} holds no text, number or boolean`);
};
const isScalarValue = (value: unknown): value is ScalarValue =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

const membersOf = (name: string, value: unknown): Members => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new CybertipError('not-a-value', `${name} is not a record`);
};

const refuseUnknown = (name: string, members: Members, known: readonly string[]): void => {
  const unknown = Object.keys(members).find((member) => !known.includes(member) && members[member] !== undefined);
  if (unknown !== undefined) throw new CybertipError('unknown-member', `${name} has no member ${unknown}`);
};

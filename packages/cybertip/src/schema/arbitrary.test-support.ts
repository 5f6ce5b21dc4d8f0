import fc from 'fast-check';
import { elementsOf, isComplex } from '../codec/encode.js';
import { writableText } from '../xml/characters.js';
import {
  type Attributes,
  type Complex,
  type Element,
  knownIn,
  type Limit,
  type Mode,
  type Particle,
  type Scalar,
  type SchemaVersion,
  type Type,
} from './notation.js';
import type { ValueOf } from './values.js';

export interface Dialect {
  readonly mode: Mode;
  readonly version: SchemaVersion;
}

/** Values of a description within its limits, made from the description alone. */
export const arbitraryOf = <T extends Type>(type: T, dialect: Dialect): fc.Arbitrary<ValueOf<T>> =>
  anyOf(type, dialect) as fc.Arbitrary<ValueOf<T>>;

const anyOf = (type: Type, dialect: Dialect): fc.Arbitrary<unknown> =>
  isComplex(type) ? anyComplex(type, dialect) : anyScalar(type);

const anyComplex = (type: Complex, dialect: Dialect): fc.Arbitrary<unknown> => {
  const attributes = anyAttributes(type.attributes, dialect);
  if (type.kind === 'simple')
    return fc.record({ value: anyScalar(type.value), ...attributes.model }, attributes.options(['value']));
  if (type.kind === 'choice') {
    return fc.oneof(...type.particles.map((it) => fc.record({ [it.name]: anyOf(it.type, dialect) })));
  }
  return fc
    .tuple(
      ...type.particles.map((it: Particle) => anyParticle(it, dialect)),
      fc.record(attributes.model, attributes.options([])),
    )
    .map((members) => Object.assign({}, ...(members as object[])) as object);
};

const anyParticle = (particle: Particle, dialect: Dialect): fc.Arbitrary<object> => {
  if (!('either' in particle)) return anyElement(particle, dialect);
  return fc.oneof(...particle.either.map((it) => anyElement(it, dialect)));
};

const anyElement = (element: Element, dialect: Dialect): fc.Arbitrary<object> => {
  if (!knownIn(element.since, dialect.version)) return fc.constant({});
  const value = anyOf(element.type, dialect);
  const named = (it: fc.Arbitrary<unknown>) => it.map((made) => ({ [element.name]: made }));
  switch (element.occurs) {
    case '1':
      return named(value);
    case '?':
      return fc.option(named(value), { nil: {}, freq: 2 });
    case '*':
      return fc.option(named(fc.array(value, { minLength: 1, maxLength: 2 })), { nil: {}, freq: 2 });
    case '+':
      return named(fc.array(value, { minLength: 1, maxLength: 2 }));
  }
};

const anyAttributes = (attributes: Attributes, { mode }: Dialect) => {
  const known = Object.entries(attributes).filter(([, it]) => it.only === undefined || it.only === mode);
  const required = known.filter(([, it]) => it.required === 'always' || it.required === mode).map(([name]) => name);
  return {
    model: Object.fromEntries(known.map(([name, it]) => [name, anyScalar(it.type)])),
    options: (more: readonly string[]) => ({ requiredKeys: [...required, ...more] as never[] }),
  };
};

const anyScalar = (type: Scalar): fc.Arbitrary<string | number | boolean> => {
  switch (type.kind) {
    case 'text':
      return anyText(type);
    case 'enumeration':
      return fc.constantFrom(...type.values);
    case 'boolean':
      return fc.boolean();
    case 'flag':
      return fc.constant(true);
    case 'integer':
      return fc.integer({ min: type.min, max: type.max });
    case 'decimal':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) => (Object.is(it, -0) ? 0 : it));
    case 'date':
      return anyDate.map((it) => it.toISOString().slice(0, 10));
    case 'dateTime':
      return anyDate.map((it) => it.toISOString());
    case 'reportNumber':
      return fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
    case 'fileId':
      return fc.stringMatching(/^[0-9a-f]{32}$/);
  }
};

const anyDate = fc.date({ min: new Date('1970-01-01'), max: new Date('2026-01-01'), noInvalidDate: true });

const anyText = ({ form, maxLength = 100 }: Limit): fc.Arbitrary<string> => {
  if (form === undefined) return fc.string({ unit: 'binary', maxLength: Math.min(maxLength, 20) }).map(writableText);
  switch (form) {
    case 'url':
      return fc.webUrl();
    case 'ip-address':
      return fc.oneof(fc.ipV4(), fc.ipV6());
    case 'email':
      return fc.emailAddress();
    case 'calling-code':
      return fc.stringMatching(/^\+\d{1,3}$/);
    case 'digits':
      return fc.stringMatching(/^\d{1,10}$/);
    case 'not-blank':
      return fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((it) => writableText(`!${it}`));
  }
};

/** Every element by its path, such as `report/victim/email`, alternatives included. */
export const pathsOf = (element: Element, path = element.name): readonly string[] => {
  const { type } = element;
  if (!isComplex(type) || type.kind === 'simple') return [path];
  return [path, ...elementsOf(type.particles).flatMap((it) => pathsOf(it, `${path}/${it.name}`))];
};

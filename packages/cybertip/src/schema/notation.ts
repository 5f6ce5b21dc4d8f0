/**
 * The notation in which the CyberTipline documents are described once, as data.
 *
 * Types (`values.ts`), the XML writer and reader (`codec/`), the checks of both layers and the tests' generators all
 * read these descriptions. Cardinalities and order are the schema's; `Limit`s are the documentation's
 * (reference: protocols.md §1.7).
 */

/** Editions of the schema, oldest first. What a later edition added is unknown to an earlier one. */
export const schemaVersions = ['2025-11', '2026-07', '2026-09'] as const;
export type SchemaVersion = (typeof schemaVersions)[number];

/**
 * Which text is followed where schema and documentation differ (protocols.md §1.9).
 * `strict-xsd`: the schema alone. `docs`: the documentation too, so both spellings are read and its rules refuse.
 */
export type Mode = 'strict-xsd' | 'docs';

/** Occurrence of an element: exactly one, at most one, any number, at least one. */
export type Occurs = '1' | '?' | '*' | '+';

/** What the documentation asks of a text beyond the schema. Lengths in characters (Unicode code points). */
export interface Limit {
  readonly maxLength?: number;
  readonly form?: 'url' | 'ip-address' | 'email' | 'calling-code' | 'digits' | 'not-blank';
}

export interface Text extends Limit {
  readonly kind: 'text';
}
/** `xs:dateTime`, kept as written: what the reporter said is evidence. `limit`: the documentation's demand. */
export interface DateTime {
  readonly kind: 'dateTime';
  readonly limit?: 'past' | 'past-with-zone';
}
/** `xs:int` with the range the documentation gives, both ends included. */
export interface Integer {
  readonly kind: 'integer';
  readonly min: number;
  readonly max: number;
}
export interface Enumeration<Value extends string = string> {
  readonly kind: 'enumeration';
  readonly values: readonly Value[];
}
/** `flag` is a boolean fixed to true: present or absent. `reportNumber` is `xs:long`. */
export interface Plain<Kind extends string> {
  readonly kind: Kind;
}
export type Scalar =
  | Text
  | DateTime
  | Integer
  | Enumeration
  | Plain<'boolean'>
  | Plain<'flag'>
  | Plain<'date'>
  | Plain<'decimal'>
  | Plain<'reportNumber'>
  | Plain<'fileId'>;

export interface Attribute {
  readonly type: Scalar;
  /** Where the attribute must be present; absent: nowhere. */
  readonly required?: 'always' | 'strict-xsd';
  /** The only mode that knows the attribute; absent: both do. */
  readonly only?: Mode;
}
export type Attributes = Readonly<Record<string, Attribute>>;

/** A scalar between the tags, and attributes: `<email type="Home">…</email>` is `{ value, type }`. */
export interface Simple {
  readonly kind: 'simple';
  readonly value: Scalar;
  readonly attributes: Attributes;
}
/** Children in exactly this order. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly attributes: Attributes;
  readonly particles: readonly Particle[];
}
/** Children in any order, each at most once (`xs:all`). */
export interface Unordered {
  readonly kind: 'unordered';
  readonly attributes: Attributes;
  readonly particles: readonly Element[];
}
/** Exactly one of the children. */
export interface Choice {
  readonly kind: 'choice';
  readonly attributes: Attributes;
  readonly particles: readonly Element[];
}
export type Complex = Simple | Sequence | Unordered | Choice;
export type Type = Scalar | Complex;

export interface Element<Name extends string = string, Times extends Occurs = Occurs, Of extends Type = Type> {
  readonly name: Name;
  readonly occurs: Times;
  readonly type: Of;
  readonly since?: SchemaVersion;
}
/** At most one of the elements stands at this place. */
export interface Either<Alternatives extends readonly Element[] = readonly Element[]> {
  readonly either: Alternatives;
}
export type Particle = Element | Either;

export const text = (limit: Limit = {}): Text => ({ kind: 'text', ...limit });
export const limited = (maxLength: number): Text => ({ kind: 'text', maxLength });
export const url: Text = { kind: 'text', maxLength: 2083, form: 'url' };
export const boolean: Plain<'boolean'> = { kind: 'boolean' };
export const flag: Plain<'flag'> = { kind: 'flag' };
export const date: Plain<'date'> = { kind: 'date' };
export const decimal: Plain<'decimal'> = { kind: 'decimal' };
export const reportNumber: Plain<'reportNumber'> = { kind: 'reportNumber' };
export const fileId: Plain<'fileId'> = { kind: 'fileId' };
export const dateTime = (limit?: DateTime['limit']): DateTime =>
  limit === undefined ? { kind: 'dateTime' } : { kind: 'dateTime', limit };
export const integer = (min: number, max: number): Integer => ({ kind: 'integer', min, max });
export const oneOf = <const Value extends string>(values: readonly Value[]): Enumeration<Value> => ({
  kind: 'enumeration',
  values,
});

const element =
  <Times extends Occurs>(occurs: Times) =>
  <const Name extends string, const Of extends Type>(
    name: Name,
    type: Of,
    since?: SchemaVersion,
  ): Element<Name, Times, Of> =>
    since === undefined ? { name, occurs, type } : { name, occurs, type, since };

export const one = element('1');
export const optional = element('?');
export const many = element('*');
export const some = element('+');
export const either = <const A extends readonly Element[]>(...alternatives: A): Either<A> => ({ either: alternatives });

export const simple = <const V extends Scalar, const A extends Attributes>(value: V, attributes: A) =>
  ({ kind: 'simple', value, attributes }) as const;
export type NoAttributes = Readonly<Record<never, Attribute>>;
interface SequenceOf {
  <const P extends readonly Particle[]>(
    particles: P,
  ): { readonly kind: 'sequence'; readonly attributes: NoAttributes; readonly particles: P };
  <const P extends readonly Particle[], const A extends Attributes>(
    particles: P,
    attributes: A,
  ): { readonly kind: 'sequence'; readonly attributes: A; readonly particles: P };
}
export const sequence: SequenceOf = (particles: readonly Particle[], attributes: Attributes = {}) =>
  ({ kind: 'sequence', attributes, particles }) as never;
export const unordered = <const P extends readonly Element[]>(particles: P) =>
  ({ kind: 'unordered', attributes: {}, particles }) as const;
export const choice = <const P extends readonly Element[]>(particles: P) =>
  ({ kind: 'choice', attributes: {}, particles }) as const;

/** Whether the edition `version` knows what came with `since`. */
export const knownIn = (since: SchemaVersion | undefined, version: SchemaVersion): boolean =>
  since === undefined || schemaVersions.indexOf(since) <= schemaVersions.indexOf(version);

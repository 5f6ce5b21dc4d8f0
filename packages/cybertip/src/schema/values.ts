import type { Branded } from '@tutela/core';
import type { Attribute, Either, Element, Enumeration, Integer, Scalar, Type } from './notation.js';

/** A report's number as decimal digits (`xs:long`, positive): an identifier, never computed with. */
export type ReportNumber = Branded<string, 'ReportNumber'>;
/** A file's identifier, as the server gave it (32 lower-case hexadecimal digits in every observed case). */
export type FileId = Branded<string, 'FileId'>;

/** The TypeScript type of a description: nothing of a document is declared a second time. */
export type ValueOf<T extends Type> = T extends Scalar
  ? ScalarValue<T>
  : T extends { readonly kind: 'simple'; readonly value: infer V extends Scalar; readonly attributes: infer A }
    ? Flat<{ readonly value: ScalarValue<V> } & AttributeValues<A>>
    : T extends { readonly kind: 'choice'; readonly particles: infer P extends readonly Element[] }
      ? ExactlyOne<P[number]>
      : T extends { readonly particles: infer P extends readonly unknown[]; readonly attributes: infer A }
        ? Flat<AttributeValues<A> & ElementValues<ElementsOf<P[number]>>>
        : never;

type ScalarValue<S> =
  S extends Enumeration<infer Value>
    ? Value
    : S extends Integer
      ? number
      : S extends { readonly kind: infer Kind }
        ? Kind extends keyof PlainValues
          ? PlainValues[Kind]
          : never
        : never;

interface PlainValues {
  readonly text: string;
  readonly boolean: boolean;
  readonly flag: true;
  /** `xs:dateTime` as written, e.g. `2026-03-01T10:15:00Z`. */
  readonly dateTime: string;
  /** `xs:date` as written, e.g. `2010-05-31`. */
  readonly date: string;
  readonly decimal: number;
  readonly reportNumber: ReportNumber;
  readonly fileId: FileId;
}

/** Elements of a particle; those of an `Either` are each optional, and the reader checks that one is given at most. */
type ElementsOf<P> = P extends Element
  ? P
  : P extends Either<infer A>
    ? A[number] extends infer E
      ? E extends Element<infer Name, infer _, infer Of>
        ? Element<Name, '?', Of>
        : never
      : never
    : never;

type ElementValues<E extends Element> = {
  readonly [P in E as P extends { readonly occurs: '1' | '+' } ? P['name'] : never]: Occurring<P>;
} & {
  readonly [P in E as P extends { readonly occurs: '?' | '*' } ? P['name'] : never]?: Occurring<P>;
};

type Occurring<E extends Element> = E['occurs'] extends '*'
  ? readonly ValueOf<E['type']>[]
  : E['occurs'] extends '+'
    ? readonly [ValueOf<E['type']>, ...ValueOf<E['type']>[]]
    : ValueOf<E['type']>;

type ExactlyOne<E extends Element> =
  E extends Element<infer Name, infer _, infer Of> ? { readonly [N in Name]: ValueOf<Of> } : never;

type AttributeValues<A> = {
  readonly [N in keyof A as A[N] extends { readonly required: 'always' } ? N : never]: AttributeValue<A[N]>;
} & {
  readonly [N in keyof A as A[N] extends { readonly required: 'always' } ? never : N]?: AttributeValue<A[N]>;
};
type AttributeValue<A> = A extends Attribute ? ScalarValue<A['type']> : never;

type Flat<T> = { readonly [K in keyof T]: T[K] };

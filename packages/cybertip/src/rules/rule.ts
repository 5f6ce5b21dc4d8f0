import type { Finding } from '../finding.js';

/** Where a value breaks a rule, and how to mend it. */
export interface Breach {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** A demand of the documentation or the service that the schema cannot express. `source`: where it is written. */
export interface Rule<Value> {
  readonly id: string;
  readonly source: string;
  readonly breaches: (value: Value) => readonly Breach[];
}

export const findingsOf = <Value>(rules: readonly Rule<Value>[], value: Value): readonly Finding[] =>
  rules.flatMap(({ id, breaches }) => breaches(value).map((breach) => ({ layer: 'rules', rule: id, ...breach })));

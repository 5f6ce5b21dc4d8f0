/** Where in a received document: both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * One thing wrong with a document, for a program (`rule`, `path`) and for a person (`message`, `remedy`).
 *
 * `layer` tells what is broken: `schema` is the XSD's own law, named by its validation rule (XML Schema Part 1,
 * appendix C, e.g. `cvc-complex-type.2.4.a`); `rules` is what the documentation or the service demand beyond it;
 * `operator-xsd` is what the official schema finds where an operator brought it (`openOperatorSchema`).
 */
export interface Finding {
  readonly layer: 'schema' | 'rules' | 'operator-xsd';
  readonly rule: string;
  /** XPath-like, from 1: `/report/victim[2]/email[1]/@type`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  readonly position?: Position;
}

/** The findings of the layers, apart. */
export interface Findings {
  readonly schema: readonly Finding[];
  readonly rules: readonly Finding[];
  /** Absent where no operator's schema was asked. */
  readonly operatorXsd?: readonly Finding[];
}

export const inLayers = (findings: readonly Finding[]): Findings => ({
  schema: findings.filter((finding) => finding.layer === 'schema'),
  rules: findings.filter((finding) => finding.layer === 'rules'),
});

/** One line for a response or a log: `[1,638] - cvc-complex-type.2.4.a: …`. Holds names and rules, never content. */
export const findingLine = ({ position, rule, path, message }: Finding): string =>
  `${position === undefined ? '' : `[${position.line},${position.column}] - `}${rule}: ${path}: ${message}`;

/** A document is given up after so many findings: nobody reads more, and a hostile one could have millions. */
export const maxFindings = 100;

/** A finding of the schema layer at an element. */
export const schemaFinding = (
  rule: string,
  path: string,
  message: string,
  remedy: string,
  at: { readonly position?: Position },
): Finding => ({
  layer: 'schema',
  rule,
  path,
  message,
  remedy,
  ...(at.position === undefined ? {} : { position: at.position }),
});

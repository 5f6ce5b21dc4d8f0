import type { Position } from '../finding.js';

/** An element as text: no meaning yet. `text` is its character data joined; in mixed content the order is lost. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Where its start tag ends; absent for elements that were not read. */
  readonly position?: Position;
}

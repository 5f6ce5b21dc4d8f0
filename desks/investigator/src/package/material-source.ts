import type { Outcome } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { CaseMaterial, MaterialItem } from '@tutela/evidence';
import type { PolicyObject } from '@tutela/policy';
import type { Compartment } from '@tutela/vault';

/** A file of a case that a package may hold. */
export interface CaseItem extends Omit<MaterialItem, 'open' | 'reason'> {
  /** What the authorities of the case are asked about. */
  readonly object: PolicyObject;
  /** Where it lies now; packing keeps a copy in the compartment of the case. */
  readonly open: () => Promise<Outcome<AsyncIterable<Uint8Array>>>;
}

/** What one part of the desk knows of a case. */
export interface MaterialPart extends Omit<Partial<CaseMaterial>, 'items' | 'case'> {
  readonly items?: readonly CaseItem[];
}

export interface SourceDeps {
  readonly db: Db;
  /** Where delivered files lie. */
  readonly deliveries: Compartment;
}

/** A part of the desk that has something to say of cases; `sources/` names them all. */
export type MaterialSource = (deps: SourceDeps, caseRef: string) => Promise<MaterialPart>;

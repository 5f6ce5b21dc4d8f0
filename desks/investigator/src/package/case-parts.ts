import { findCase } from '../case/queries.js';
import type { CaseItem, MaterialPart, SourceDeps } from './material-source.js';
import { materialSources } from './sources/index.js';

/** All that the desk has of a case. */
export interface CaseParts extends Required<Omit<MaterialPart, 'items'>> {
  readonly title: string;
  readonly items: readonly CaseItem[];
}

/** @returns `undefined` where there is no such case */
export const readCaseParts = async (deps: SourceDeps, caseRef: string): Promise<CaseParts | undefined> => {
  const found = await findCase(deps.db, caseRef);
  if (found === undefined) return undefined;
  const parts = await Promise.all(materialSources.map((source) => source(deps, caseRef)));
  const all = <Name extends keyof MaterialPart>(name: Name) =>
    parts.flatMap((part) => (part[name] ?? []) as readonly NonNullable<MaterialPart[Name]>[number][]);
  return {
    title: found.title,
    items: all('items'),
    exhibits: all('exhibits'),
    custody: all('custody'),
    reports: all('reports'),
    authorities: all('authorities'),
    decisions: all('decisions'),
    orders: all('orders'),
    answers: all('answers'),
    chronology: [...all('chronology')].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  };
};

import { done, type Outcome, refused } from '@tutela/core';
import type { CaseMaterial, ExportContent, MaterialItem } from '@tutela/evidence';
import { sha256Address } from '@tutela/vault';
import { InvestigatorError } from '../investigator-error.js';
import { type CaseParts, readCaseParts } from './case-parts.js';
import type { PackageDeskDeps } from './deps.js';
import type { CaseItem } from './material-source.js';

/** The case as a package tells it, with exactly the files that were approved, from where the draft kept them. */
export const gatherMaterial = async (
  deps: PackageDeskDeps,
  content: ExportContent,
): Promise<Outcome<CaseMaterial, 'unknown-case' | 'item-gone'>> => {
  const parts = await readCaseParts(deps, content.case);
  if (parts === undefined) return refused('unknown-case', `there is no case ${content.case}`);
  const known = new Map(parts.items.map((item) => [item.id, item]));
  const lost = content.items.find(({ id }) => !known.has(id));
  if (lost !== undefined) return refused('item-gone', `${lost.id} was approved and is not in the case any more`);
  const { title, items: _, ...records } = parts;
  return done({
    ...records,
    case: { ref: content.case, title, agency: deps.agency, ...offenceOf(parts) },
    items: content.items.flatMap(({ id }) => {
      const item = known.get(id);
      return item === undefined ? [] : [materialItem(deps, content.case, item)];
    }),
  });
};

const offenceOf = ({ authorities }: CaseParts): { readonly offence?: string } => {
  const offences = new Set(authorities.map(({ authority }) => authority.offence));
  return offences.size === 0 ? {} : { offence: [...offences].join('; ') };
};

const materialItem = ({ cases }: PackageDeskDeps, caseRef: string, item: CaseItem): MaterialItem => {
  const { object: _, open: __, ...facts } = item;
  return {
    ...facts,
    reason: 'belongs to the case, and an authority allows to hand it out',
    open: async () => {
      const opened = await cases.forCase(caseRef).open(sha256Address(item.digests.sha256));
      if (opened.kind === 'done') return opened.value.bytes;
      throw new InvestigatorError('item-gone', `${item.id} cannot be read: ${opened.reason.message}`);
    },
  };
};

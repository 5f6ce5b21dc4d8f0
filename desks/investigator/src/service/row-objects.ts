import type { CompiledScope, Decision, PolicyObject } from '@tutela/policy';
import { type ArchiveItem, objectOf } from '../archive/archive-item.js';
import type { ServiceRow } from './read/service-row.js';

/** Asks about a row. What is about two accounts has to be allowed for both, and the first bar is the answer. */
export const decideRow = (scope: CompiledScope, item: ArchiveItem, row: ServiceRow): Decision => {
  const decisions = objectsOf(item, row).map((object) => scope.decide({ step: 'open', object }));
  return decisions.find(({ answer }) => answer !== 'allow') ?? (decisions[0] as Decision);
};

const objectsOf = (item: ArchiveItem, row: ServiceRow): readonly PolicyObject[] => {
  const file = objectOf(item);
  switch (row.kind) {
    case 'account':
      return [
        {
          ...file,
          account: row.account,
          ...(row.registeredAt !== null && { at: row.registeredAt }),
          ...(row.registeredFrom !== null && { address: row.registeredFrom }),
        },
      ];
    case 'access':
      return [{ ...file, at: row.at, address: row.address, ...(row.account !== null && { account: row.account }) }];
    case 'event':
      return [{ ...file, at: row.at, ...(row.account !== null && { account: row.account }) }];
    case 'share':
      return [row.from, row.to].map((account) => ({ ...file, at: row.sentAt, account }));
  }
};

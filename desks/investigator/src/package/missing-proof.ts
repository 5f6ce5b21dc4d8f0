import type { MissingProof, PackageWritten } from '@tutela/evidence';
import { noTrust } from '@tutela/evidence/verify';
import { verifyPath } from '@tutela/evidence/verify/node';

const kinds: Readonly<Record<string, MissingProof['what']>> = { timestamp: 'time-stamp', quorum: 'witness-quorum' };

/** What a package does without. Of one that an earlier try had written, its own check tells. */
export const missingProof = async ({ status, missing, folder }: PackageWritten): Promise<readonly MissingProof[]> => {
  if (status === 'written') return missing;
  const { faults } = await verifyPath(folder, noTrust);
  return faults.flatMap(({ kind, detail }) => {
    const what = kinds[kind];
    return what === undefined ? [] : [{ what, why: detail }];
  });
};

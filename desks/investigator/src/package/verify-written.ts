import path from 'node:path';
import { done, type Outcome, refused } from '@tutela/core';
import { noTrust, type PackageReport } from '@tutela/evidence/verify';
import { verifyPath } from '@tutela/evidence/verify/node';
import type { PackageDeskDeps } from './deps.js';
import { findPackage } from './queries.js';

/** Checks a package of this desk as anybody could, from its files alone. */
export const verifyWritten = async (
  { db, folder }: Pick<PackageDeskDeps, 'db' | 'folder'>,
  name: string,
): Promise<Outcome<PackageReport, 'unknown-package' | 'not-written'>> => {
  const found = await findPackage(db, { package: name });
  if (found === undefined) return refused('unknown-package', `nobody drafted a package ${name}`);
  if (found.state !== 'written') return refused('not-written', `package ${name} is ${found.state}`);
  return done(await verifyPath(path.join(folder, name), noTrust));
};

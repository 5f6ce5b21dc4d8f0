import { newFaultList } from '../fault.js';
import type { VerifyProgress } from '../ports.js';
import { emptyReport, type PackageReport } from '../report.js';
import type { Trust } from '../trust.js';
import { verifyPackage } from '../verify-package.js';
import { nodeDeps } from './node-deps.js';
import { openPackage } from './open-package.js';

/**
 * Checks the package at a path.
 * @throws what the file system throws when it cannot be read
 */
export const verifyPath = async (
  path: string,
  trust: Trust,
  progress?: (progress: VerifyProgress) => void,
): Promise<PackageReport> => {
  const opened = await openPackage(path);
  if (opened.kind !== 'done') {
    const faults = newFaultList();
    faults.add('not-a-package', {}, opened.reason.message);
    return emptyReport(faults);
  }
  try {
    return await verifyPackage(opened.value, trust, nodeDeps, progress);
  } finally {
    await opened.value.close();
  }
};

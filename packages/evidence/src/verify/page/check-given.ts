import { done } from '@tutela/core';
import { openArchive } from '../archive/open-archive.js';
import { newFaultList } from '../fault.js';
import type { VerifyProgress } from '../ports.js';
import { emptyReport, type PackageReport } from '../report.js';
import type { Trust } from '../trust.js';
import { verifyPackage } from '../verify-package.js';
import { browserDeps } from './browser-deps.js';
import { blobBytes, filesSource, type Given } from './given-files.js';

/** Checks what was given to the page. @throws what the browser throws when it cannot be read */
export const checkGiven = async (
  given: Given,
  trust: Trust,
  progress: (progress: VerifyProgress) => void,
): Promise<PackageReport> => {
  const opened = given.kind === 'folder' ? done(filesSource(given.files)) : await openArchive(blobBytes(given.file));
  if (opened.kind === 'done') return verifyPackage(opened.value, trust, browserDeps, progress);
  const faults = newFaultList();
  faults.add('not-a-package', {}, opened.reason.message);
  return emptyReport(faults);
};

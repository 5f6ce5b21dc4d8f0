import { fromUtf8 } from '../format/canonical-file.js';
import {
  bagitText,
  formatNamed,
  manifestAlgorithms,
  manifestPath,
  packageFormat,
  packagePaths,
} from '../format/index.js';
import type { FaultList } from './fault.js';
import type { Inventory } from './inventory.js';

/** Whether there is enough of a bag to look at the rest. */
export const checkBag = (inventory: Inventory, faults: FaultList): 'a-bag' | 'not-a-package' => {
  const marks = [packagePaths.bagit, ...manifestAlgorithms.map((algorithm) => manifestPath('payload', algorithm))];
  if (marks.some((path) => inventory.has(path))) return 'a-bag';
  faults.add('not-a-package', {}, 'there is no bag here (RFC 8493)');
  return 'not-a-package';
};

/**
 * The declarations of bag and format. `unknown`: written by rules that are not these, so that nothing else can be said.
 */
export const checkDeclarations = (
  bagit: Uint8Array | undefined,
  bagInfo: string | undefined,
  faults: FaultList,
): 'known' | 'unknown' => {
  const declared = bagit && fromUtf8(bagit);
  if (declared !== bagitText) {
    faults.add('not-a-package', { file: packagePaths.bagit }, 'it does not declare BagIt 1.0 in UTF-8');
  }
  const format = formatNamed(bagInfo ?? '');
  if (format === packageFormat) return 'known';
  const why = format === undefined ? 'it names no format' : 'it names a format that is not known here';
  faults.add('not-a-package', { file: packagePaths.bagInfo }, why);
  return format !== undefined && /^[1-9][0-9]*$/.test(format) ? 'unknown' : 'known';
};

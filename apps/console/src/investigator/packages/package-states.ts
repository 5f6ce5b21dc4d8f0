import type { PackageBody } from '@tutela/investigator-desk/api';
import type { Tone } from '../../design/index.js';

export const packageTones: Readonly<Record<PackageBody['state'], Tone>> = {
  drafted: 'waiting',
  exporting: 'accent',
  waiting: 'waiting',
  failed: 'alarm',
  written: 'good',
};

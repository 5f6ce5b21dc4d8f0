import type { RequestBody } from '@tutela/clearinghouse-desk/api';
import type { Tone } from '../../design/index.js';

export const requestTones: Readonly<Record<RequestBody['state'], Tone>> = {
  draft: 'neutral',
  sent: 'waiting',
  answered: 'good',
  refused: 'alarm',
  withdrawn: 'neutral',
  expired: 'alarm',
};

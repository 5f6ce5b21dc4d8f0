import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import type { Tone } from '../../design/index.js';

export const lanes = ['crisis', 'normal', 'diverted'] as const;
export type Lane = QueueItem['lane'];
export const laneTones: Readonly<Record<Lane, Tone>> = { crisis: 'alarm', normal: 'neutral', diverted: 'accent' };

export const labels = ['referral', 'informational'] as const;
export type Label = QueueItem['label'];
export const labelTones: Readonly<Record<Label, Tone>> = { referral: 'waiting', informational: 'neutral' };

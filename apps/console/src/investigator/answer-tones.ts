import type { Tone } from '../design/index.js';

/** What an authority answers to a step. */
export const answerTones: Readonly<Record<'allow' | 'deny' | 'needs', Tone>> = {
  allow: 'good',
  deny: 'alarm',
  needs: 'waiting',
};

import type { Tone } from '../../design/index.js';

export const knowledgeKinds = ['notice-received', 'notice-answered', 'staff-access', 'takedown', 'payment'] as const;
export type KnowledgeKind = (typeof knowledgeKinds)[number];

export const knowledgeTones: Readonly<Record<KnowledgeKind, Tone>> = {
  'notice-received': 'alarm',
  'notice-answered': 'accent',
  'staff-access': 'waiting',
  takedown: 'good',
  payment: 'neutral',
};

export interface KnowledgeSearch {
  readonly kind?: KnowledgeKind;
  readonly account?: string;
}

export const readKnowledgeSearch = (search: Readonly<Record<string, unknown>>): KnowledgeSearch => {
  const kind = knowledgeKinds.find((one) => one === search.kind);
  return {
    ...(kind !== undefined && { kind }),
    ...(typeof search.account === 'string' && search.account !== '' && { account: search.account }),
  };
};

export const casesTabs = ['deadlines', 'freezes', 'filter', 'roles'] as const;
export type CasesTab = (typeof casesTabs)[number];

export const looksTabs = ['looks', 'team', 'overrides'] as const;
export type LooksTab = (typeof looksTabs)[number];

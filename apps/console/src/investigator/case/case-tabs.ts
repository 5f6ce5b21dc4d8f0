export const caseTabs = ['file', 'chronology', 'persons', 'exhibits', 'authorities', 'decisions'] as const;
export type CaseTab = (typeof caseTabs)[number];

/** Desks at which somebody looks at files. */
export const lookingDesks = ['platform', 'clearinghouse', 'investigator'] as const;
export type LookingDesk = (typeof lookingDesks)[number];

import { type RawBuilder, sql } from 'kysely';

/**
 * What an authority of a row has to equal for the row to be shown: one that is in force. Asked once a statement; called in
 * a condition by itself, the function would be asked for every row.
 */
export const anyVisibleAuthority = (caseRef: string): RawBuilder<unknown> =>
  sql`any((select investigator.visible_authorities(${caseRef}))::uuid[])`;

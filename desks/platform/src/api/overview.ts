import { type Static, Type } from 'typebox';

const count = Type.Integer();
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

export const overviewQuery = Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })) });

/** How the desk does, counted day by day in UTC; a day on which nothing happened is there with zeros. */
export const overviewBody = Type.Object({
  days: Type.Array(
    Type.Object({
      day: Type.String(),
      uploads: count,
      found: count,
      decided: count,
      filed: count,
      /** Seconds from found to reported, of the files in reports finished that day; half of them took less. */
      medianSeconds: nullable(Type.Number()),
    }),
  ),
  stacksWaiting: count,
  matchesWaiting: count,
  /** When the longest-waiting match was found. */
  oldestWaiting: nullable(Type.String()),
  filed: count,
  /** Reports on their way, those among them whose last attempt failed, and those the clearinghouse refused. */
  underWay: count,
  failing: count,
  refused: count,
  medianSeconds: nullable(Type.Number()),
});
export type OverviewBody = Static<typeof overviewBody>;

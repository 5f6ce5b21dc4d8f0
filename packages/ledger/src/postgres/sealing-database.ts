import type { Kysely, KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs, Transaction } from 'kysely';
import type { OpeningSeal } from './sealed-opening.js';

/** The seal of a case; `undefined` where its key was destroyed: what is told of it afterwards stands open. */
export type SealOf = (tx: Transaction<unknown>, caseRef: string) => Promise<OpeningSeal | undefined>;

/**
 * The same database, in whose transactions the opening of every event of a case is sealed, whoever appends it. What has
 * to stay readable says so itself (`seal: 'open'`).
 */
export const sealingDatabase = (db: Kysely<unknown>, sealOf: SealOf): Kysely<unknown> =>
  db.withPlugin(new SealingMark(sealOf));

/** The seals of these cases in this transaction; none where the database does not seal. */
export const sealsIn = async (
  tx: Transaction<unknown>,
  caseRefs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, OpeningSeal>> => {
  const seals = new Map<string, OpeningSeal>();
  const sealOf = markOf(tx)?.sealOf;
  if (sealOf === undefined) return seals;
  for (const caseRef of caseRefs) {
    const seal = await sealOf(tx, caseRef);
    if (seal !== undefined) seals.set(caseRef, seal);
  }
  return seals;
};

/** Plugins go with a database into its transactions, which nothing else that it is told does; this one changes nothing. */
class SealingMark implements KyselyPlugin {
  readonly sealOf: SealOf;

  constructor(sealOf: SealOf) {
    this.sealOf = sealOf;
  }

  transformQuery({ node }: PluginTransformQueryArgs): PluginTransformQueryArgs['node'] {
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<PluginTransformResultArgs['result']> {
    return result;
  }
}

const markOf = (tx: Transaction<unknown>): SealingMark | undefined =>
  tx.getExecutor().plugins.find((plugin): plugin is SealingMark => plugin instanceof SealingMark);

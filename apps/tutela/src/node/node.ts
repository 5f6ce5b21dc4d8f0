import { listen } from '../http/listen.js';
import { createHttpServer } from '../http/server.js';
import { keepChores } from './chores.js';
import { type Closers, openTogether } from './closers.js';
import { deferred } from './deferred.js';
import { keepLedger, type LedgerKeeping } from './ledger-keeping.js';
import { nodeStatus } from './status.js';
import { openWorkplace, type Workplace, type WorkplaceOptions } from './workplace.js';

/** A process that works: takes part in what the queues hold and keeps the ledger. */
export interface Worker extends Pick<Closers, 'close'> {
  readonly workplace: Workplace;
  readonly ledger: LedgerKeeping;
}

/** A worker that serves the desks besides. */
export interface Node extends Worker {
  /** Such as `http://127.0.0.1:8642`. */
  readonly origin: string;
}

export const openWorker = (options: WorkplaceOptions): Promise<Worker> =>
  openTogether(async ({ add }) => {
    const workplace = await openWorkplace(options);
    add(workplace.close);
    return { workplace, ledger: await work(workplace, options, add) };
  });

export const openNode = (options: WorkplaceOptions): Promise<Node> =>
  openTogether(async ({ add }) => {
    const workplace = await openWorkplace(options);
    add(workplace.close);
    const { config, secrets, database, desks } = workplace;
    const { log } = options;
    let ledger: LedgerKeeping | undefined;
    const keeping = () => ledger?.state() ?? { state: 'starting' as const };
    const atWork = deferred();
    const server = await createHttpServer({
      operatorKey: secrets.operatorKey,
      routes: desks.all.map((desk) => desk.routes),
      status: () => nodeStatus({ db: database.db, desks: desks.all, keeping, log }),
      ready: atWork.promise,
      log,
    });
    add(() => server.close());
    // Reports left from before are filed as soon as there is work, so the clearinghouse has to answer by then.
    const origin = await listen(server, config.port);
    await desks.ownClearinghouse.announce(origin, () =>
      desks.clearinghouse.issueCredentials({ username: 'tutela-platform', organisation: 'Example Platform' }),
    );
    ledger = await work(workplace, options, add).catch((error: unknown) => {
      atWork.reject(error);
      throw error;
    });
    atWork.resolve();
    return { workplace, ledger, origin };
  });

const work = async (workplace: Workplace, { log }: WorkplaceOptions, add: Closers['add']): Promise<LedgerKeeping> => {
  await workplace.openEngine('works');
  const { database, signer, keptHead, desks } = workplace;
  const ledger = keepLedger({ db: database.db, signer, onHead: keptHead.keep, log });
  add(ledger.stop);
  add(
    keepChores(
      desks.all.flatMap((desk) => desk.chores),
      log,
    ),
  );
  return ledger;
};

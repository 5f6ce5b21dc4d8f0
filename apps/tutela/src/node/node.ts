import { systemClock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { endForgotten } from '@tutela/exposure/postgres';
import { exposureRoutes } from '@tutela/exposure/routes';
import { type Contact, startWitnessing, type Witnessing } from '@tutela/ledger/postgres';
import { oversightRoutes } from '@tutela/oversight';
import { ledgerPrefix, ledgerRoutes } from '../http/ledger-routes.js';
import { listen } from '../http/listen.js';
import { createHttpServer } from '../http/server.js';
import { noteApprovalSite, policyChores } from '../policy/policy-keeping.js';
import { policyRoutes } from '../policy/policy-routes.js';
import { watchChanges } from './changes.js';
import { keepChores } from './chores.js';
import { type Closers, openTogether } from './closers.js';
import { deferred } from './deferred.js';
import type { Chore } from './desk.js';
import { keepLedger, type LedgerKeeping } from './ledger-keeping.js';
import { shredding } from './open-vault.js';
import { stampingChores } from './stamping.js';
import { nodeStatus } from './status.js';
import { openWorkplace, type Workplace, type WorkplaceOptions } from './workplace.js';

/** A process that works: takes part in what the queues hold and keeps the ledger. */
export interface Worker extends Pick<Closers, 'close'> {
  readonly workplace: Workplace;
  readonly ledger: LedgerKeeping;
  readonly witnessing: Witnessing;
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
    return { workplace, ...(await work(workplace, options, add)) };
  });

export const openNode = (options: WorkplaceOptions): Promise<Node> =>
  openTogether(async ({ add }) => {
    const workplace = await openWorkplace(options);
    add(workplace.close);
    const { config, secrets, database, desks, timeAuthorities, policy } = workplace;
    const readers = config.ledgerReaders;
    const { log } = options;
    let working: Work | undefined;
    const keeping = () => working?.ledger.state() ?? { state: 'starting' as const };
    const contacts = () => working?.witnessing.contacts() ?? new Map<string, Contact>();
    const atWork = deferred();
    const server = await createHttpServer({
      operatorKey: secrets.operatorKey,
      openPrefixes: readers === 'public' ? [ledgerPrefix] : [],
      routes: [
        ...desks.all.map((desk) => desk.routes),
        ledgerRoutes({ db: database.db, readers }),
        policyRoutes(database.db),
        oversightRoutes({ db: database.db, clock: systemClock }),
        exposureRoutes(workplace.exposure),
      ],
      status: () => nodeStatus({ db: database.db, desks: desks.all, timeAuthorities, policy, keeping, contacts, log }),
      watchChanges: () => watchChanges(database.db),
      ready: atWork.promise,
      log,
    });
    add(() => server.close());
    // Reports left from before are filed as soon as there is work, so the clearinghouse has to answer by then.
    const origin = await listen(server, config.port);
    await noteApprovalSite(database.db, origin);
    await desks.ownClearinghouse.announce(origin, () =>
      desks.clearinghouse.issueCredentials({ username: 'tutela-platform', organisation: 'Example Platform' }),
    );
    working = await work(workplace, options, add).catch((error: unknown) => {
      atWork.reject(error);
      throw error;
    });
    atWork.resolve();
    return { workplace, ...working, origin };
  });

/** Puts on record the end of reveals that nobody ended. */
const endingReveals = (db: Db): Chore => ({
  name: 'end forgotten reveals',
  everySeconds: 60,
  run: () => inTransaction(db, (tx) => endForgotten(tx, systemClock.now())),
});

type Work = Pick<Worker, 'ledger' | 'witnessing'>;

const work = async (workplace: Workplace, { log }: WorkplaceOptions, add: Closers['add']): Promise<Work> => {
  await workplace.openEngine('works');
  const { config, database, signer, keptHead, desks, policy, vault, timeAuthorities: authorities } = workplace;
  const ledger = keepLedger({ db: database.db, signer, onHead: keptHead.keep, log });
  add(ledger.stop);
  const witnessing = startWitnessing(database.db, { witnesses: policy.witnesses, clock: systemClock, say: log });
  add(witnessing.stop);
  const stopping = new AbortController();
  const { signal } = stopping;
  const stamping = { db: database.db, authorities, everyMinutes: config.timeEveryMinutes, signal, log };
  add(
    keepChores(
      [
        ...desks.all.flatMap((desk) => desk.chores),
        ...stampingChores(stamping),
        ...policyChores(database.db),
        endingReveals(database.db),
        shredding(database.db, vault),
      ],
      log,
    ),
  );
  add(() => stopping.abort());
  return { ledger, witnessing };
};

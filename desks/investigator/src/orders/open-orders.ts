import { type Clock, type JsonValue, systemClock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine, Queue, Workflow } from '@tutela/engine';
import { type CarryDeps, carryOrder, sweepOrders } from './carry-order.js';
import type { OrderId } from './schema.js';
import { carryWorkflow } from './send-order.js';

/** What of an installation carrying orders needs. */
export interface OrderingDeps extends Pick<CarryDeps, 'credentialOf' | 'log'> {
  readonly engine: () => Pick<Engine, 'start'>;
}

export interface Orders {
  readonly workflows: readonly Workflow[];
  readonly queues: readonly Queue[];
  /** A chore: starts what is due. */
  readonly sweep: () => Promise<void>;
}

const queue = 'investigator.orders';

/** The part of the desk that takes approved orders to providers and brings their answers. */
export const openOrders = (deps: OrderingDeps & { readonly db: Db; readonly clock?: Clock }): Orders => {
  const carrying = { ...deps, clock: deps.clock ?? systemClock };
  return {
    workflows: [{ name: carryWorkflow, queue, run: (input) => carryOrder(carrying, orderOf(input)) }],
    queues: [{ name: queue, perProcess: 2 }],
    sweep: () => sweepOrders(carrying),
  };
};

const orderOf = (input: JsonValue): OrderId => (input as { readonly order: OrderId }).order;

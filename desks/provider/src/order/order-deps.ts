import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { PlanDeps } from '../segments/look-up-plan.js';

export interface OrderDeps extends PlanDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly limits: OrderLimits;
}

export interface OrderLimits {
  /** Orders that one agency may send within an hour. */
  readonly ordersAnHour: number;
  readonly observationsAnOrder: number;
  /** Questions about one address and port closer to each other than this are nearly the same: an alarm. */
  readonly nearDuplicateMs: number;
}

export const usualLimits: OrderLimits = {
  ordersAnHour: 60,
  observationsAnOrder: 10_000,
  nearDuplicateMs: 3_600_000,
};

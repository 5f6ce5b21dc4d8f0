import { systemClock, type UtcInstant } from '@tutela/core';
import { actorOf } from '../../config/actor.js';
import type { TutelaContext } from '../../context.js';

export const actingNow = ({ env }: TutelaContext): { readonly by: string; readonly at: UtcInstant } => ({
  by: actorOf(env),
  at: systemClock.now(),
});

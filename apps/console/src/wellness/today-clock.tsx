import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSession } from '../app/session.js';
import { useTongue } from '../app/tongue.js';
import { meQuery } from './queries.js';
import { useSeconds } from './use-seconds.js';

/**
 * Seconds of originals today, of how many; it runs while one is on the screen. `short` leaves the count of looks out.
 * `unknown` stands there until the node has told, and while nobody sits here. Default: nothing.
 */
export const TodayClock = ({
  form = 'whole',
  unknown = null,
}: {
  readonly form?: 'whole' | 'short';
  readonly unknown?: ReactNode;
}) => {
  const { say, duration } = useTongue();
  const { data: me, dataUpdatedAt } = useQuery(meQuery(useSession().person));
  const now = useSeconds(me?.open == null ? 'stopped' : 'running');
  if (me === undefined) return unknown;
  const running = me.open === null ? 0 : Math.max(0, (now - dataUpdatedAt) / 1000);
  const seen = Math.min(me.seconds + running, me.limitSeconds);
  return (
    <span className="numbers about">
      {say(form === 'short' ? 'common.look.today-short' : 'common.look.today', {
        count: me.looks,
        seen: duration(seen),
        limit: duration(me.limitSeconds),
      })}
    </span>
  );
};

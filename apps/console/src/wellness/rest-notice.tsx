import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../app/session.js';
import { useTongue } from '../app/tongue.js';
import { Button } from '../design/index.js';
import { meQuery } from './queries.js';

/** A break that is put off is offered again. */
const laterMs = 10 * 60_000;

/** Over the content of every screen: a break is due, or today's looking is over. It takes nothing away from anybody. */
export const RestNotice = () => {
  const { say, duration } = useTongue();
  const { data: me } = useQuery(meQuery(useSession().person));
  const [putOff, setPutOff] = useState(0);
  if (me === undefined) return null;
  const link = <Link to="/desk/me">{say('common.me.title')}</Link>;
  if (me.limit === 'reached') {
    return (
      <section className="notice" data-tone="alarm" aria-label={say('common.problem.over-limit')}>
        <p>
          <strong>{say('common.problem.over-limit')}</strong> {say('common.remedy.over-limit')} {link}
        </p>
      </section>
    );
  }
  if (me.rest === 'not-due' || Date.now() - putOff < laterMs) return null;
  return (
    <section className="notice" aria-label={say('common.rest.due')}>
      <p>
        <strong>{say('common.rest.due')}</strong>{' '}
        {say('common.rest.why', { worked: duration(me.workedSeconds), rest: duration(me.breakSeconds) })} {link}
      </p>
      <Button onPress={() => setPutOff(Date.now())}>{say('common.rest.later')}</Button>
    </section>
  );
};

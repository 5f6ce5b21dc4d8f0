import type { QueueItem } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, Time } from '../../design/index.js';
import { DangerFacts } from './danger-facts.js';
import { useFactWords } from './fact-words.js';
import { ItemLink } from './item-link.js';
import { laneTones } from './tones.js';

/** What is to be handled first, and why, in words: for somebody who sees this for the first time. */
export const FirstItem = ({ item, total }: { readonly item: QueueItem; readonly total: number }) => {
  const { say, away, country, list } = useTongue();
  const words = useFactWords();
  const missing = words.missing(item.facts);
  return (
    <section className="section first-item" data-lane={item.lane} aria-labelledby="first-item">
      <h2 id="first-item">
        {say('clearinghouse.first.title')} <ItemLink item={item} />
      </h2>
      <p>
        <Badge tone={laneTones[item.lane]}>{say(`clearinghouse.triage.lane.${item.lane}`)}</Badge>{' '}
        {say(`clearinghouse.first.why-${item.lane}`, { total })}
      </p>
      <DangerFacts facts={item.facts} />
      <p className="about">
        {say('clearinghouse.first.numbers', { priority: item.priority, completeness: item.completeness })}{' '}
        {missing.length > 0 &&
          say('clearinghouse.first.missing', {
            missing: missing.slice(0, 3).join(' · '),
            more: Math.max(0, missing.length - 3),
          })}
      </p>
      <p className="about">
        {item.countries.length === 0 ? say('common.map.unknown') : list(item.countries.map(country))}
        {' · '}
        {say('clearinghouse.first.since', { away: away(item.since, new Date()) })} <Time at={item.since} />
        {' · '}
        {item.claimedBy === null
          ? say('clearinghouse.claim.nobody')
          : say('clearinghouse.claim.by', { person: item.claimedBy })}
      </p>
    </section>
  );
};

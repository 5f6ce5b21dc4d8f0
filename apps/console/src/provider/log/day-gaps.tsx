import { useQuery } from '@tanstack/react-query';
import type { DayGapsBody } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Section, Timeline } from '../../design/index.js';
import { gapsQuery } from '../queries.js';

type Exporter = DayGapsBody['exporters'][number];

const GapsOf = ({ exporter, evidence, gaps }: Exporter) => {
  const { say } = useTongue();
  return (
    <>
      <h3>{exporter}</h3>
      {evidence === 'none' && <Badge tone="waiting">{say('provider.gaps.no-evidence')}</Badge>}
      {gaps.length === 0 ? (
        <p className="about">{say('provider.gaps.none')}</p>
      ) : (
        <Timeline
          label={say('provider.gaps.of', { exporter })}
          entries={gaps.map(({ from, to, cause }) => ({
            id: `${from} ${to} ${cause}`,
            at: from,
            to,
            title: say(`provider.cause.${cause}`),
          }))}
        />
      )}
    </>
  );
};

/** When on a day the log of each exporter is not whole, and why. */
export const DayGaps = ({ day }: { readonly day: string }) => {
  const { say } = useTongue();
  const query = useQuery(gapsQuery(day));
  return (
    <Section title={say('provider.gaps.title', { day })} about={say('provider.gaps.about')}>
      <Answer query={query}>
        {({ exporters }) => exporters.map((exporter) => <GapsOf key={exporter.exporter} {...exporter} />)}
      </Answer>
    </Section>
  );
};

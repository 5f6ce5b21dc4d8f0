import type { ExporterReadiness } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Facts, Section } from '../../design/index.js';
import { Customers } from './customers.js';
import { Hours } from './hours.js';
import { Options } from './options.js';
import { Shares } from './shares.js';

/** A day of one exporter: each plot with its words and its table. */
export const ExporterDay = ({ readiness }: { readonly readiness: ExporterReadiness }) => {
  const { say, number, percent, bytes } = useTongue();
  const { exporter, holdings, subscribers, addresses, coverage, bytesPerSubscriber } = readiness;
  return (
    <>
      <Section title={exporter} about={say('provider.readiness.exporter')}>
        <Facts
          facts={[
            { name: say('provider.readiness.holdings'), value: number(holdings) },
            { name: say('provider.readiness.subscribers'), value: number(subscribers) },
            { name: say('provider.readiness.addresses'), value: number(addresses) },
            { name: say('provider.coverage.share'), value: percent(coverage.share) },
            { name: say('provider.readiness.bytes'), value: bytes(Math.round(bytesPerSubscriber)) },
          ]}
        />
      </Section>
      <Shares readiness={readiness} />
      <Hours readiness={readiness} />
      <Customers readiness={readiness} />
      <Options readiness={readiness} />
    </>
  );
};

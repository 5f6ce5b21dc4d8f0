import type { Readiness, RetentionOption } from '@tutela/attribution';

/** What each way of sharing addresses would change, for a table. */
export interface Technology {
  readonly name: string;
  readonly bytes: string;
  readonly asks: string;
  readonly connections: string;
  readonly change: string;
  /** Moments that lead to one customer, with and without port. */
  readonly withPort: string;
  readonly withoutPort: string;
}

const names: Readonly<Record<RetentionOption['technology'], readonly [string, string]>> = {
  'sessions-as-text': ['Every session, as text', 'What most logs are today.'],
  sessions: ['Every session, packed', 'The same knowledge of everybody in a tenth of the space or less.'],
  'port-blocks': [
    'Port blocks (PBA)',
    'One record for each block; a wrong clock does less harm; no connection is logged.',
  ],
  deterministic: ['Deterministic NAT (RFC 7422)', 'Ports follow from the configuration; only leases are kept.'],
  map: [
    'MAP-E, MAP-T (RFC 7597, 7599)',
    'Ports follow from the prefix; the network checks that they do; only leases are kept.',
  ],
  ipv6: ['IPv6', 'One customer, one prefix; neither port nor exact clock is needed; only delegations are kept.'],
};

export const technologiesOf = ({ options }: Readiness): readonly Technology[] =>
  options.map(({ technology, bytesPerSubscriberDay, asks, connections, attributable }) => {
    const [name, change] = names[technology];
    return {
      name,
      bytes: bytesText(bytesPerSubscriberDay),
      asks: ['address', 'time', ...asks].join(', '),
      connections: connections === 'logged' ? 'yes' : 'no',
      change,
      withPort: shareText(attributable.withPort),
      withoutPort: shareText(attributable.withoutPort),
    };
  });

const shareText = (share: number | undefined): string =>
  share === undefined ? 'not told by this log' : `${(100 * share).toFixed(1)} %`;

/** What the table was reckoned with. */
export const reckonedWith = ({ assumptions }: Readiness): string => {
  const { connectionsPerSubscriberDay, textBytesPerConnection, blocksPerSubscriberDay, leasesPerSubscriberDay } =
    assumptions;
  const count = (of: number): string => (of >= 100 ? Math.round(of).toLocaleString('en') : of.toFixed(2));
  return (
    `Reckoned with ${count(connectionsPerSubscriberDay)} connections a customer and day at ${textBytesPerConnection} bytes ` +
    `of text, ${count(blocksPerSubscriberDay)} port blocks and ${count(leasesPerSubscriberDay)} leases: of its own kind what ` +
    'this log has, of the others RFC 7422 and common figures. Shares are of the moments at which somebody held something, ' +
    'for a clock that errs by 5 s.'
  );
};

export const bytesText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes.toFixed(bytes < 10 ? 1 : 0)} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
};

/** Gaps as they are listed: the first so many, longest first. */
export const gapsListed = ({ coverage }: Readiness): readonly string[] =>
  [...coverage.gaps]
    .sort((one, other) => other.to - other.from - (one.to - one.from))
    .slice(0, 20)
    .map(({ from, to, cause }) => `${time(from)} to ${time(to)} (${Math.ceil((to - from) / 1000)} s): ${cause}`);

const time = (at: number): string =>
  Number.isSafeInteger(at) && at < 8.64e15 ? new Date(at).toISOString().slice(0, 19) : 'the end';

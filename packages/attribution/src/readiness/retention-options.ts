/** What a provider would have to keep under another way of sharing addresses. Bytes are of a segment unless said so. */
export interface RetentionOption {
  readonly technology: 'sessions-as-text' | 'sessions' | 'port-blocks' | 'deterministic' | 'map' | 'ipv6';
  readonly bytesPerSubscriberDay: number;
  /** What a question has to name beside address and time. */
  readonly asks: readonly ('port' | 'protocol')[];
  readonly connections: 'logged' | 'not-logged';
  /**
   * Share of moments held that lead to one customer, with and without port, for a clock that errs by 5 s. Of the way
   * this log is of: as measured in it, its gaps included. Where ports follow from the configuration or a customer has
   * a prefix: without a log that could have gaps. `undefined`: this log cannot tell.
   */
  readonly attributable: { readonly withPort: number | undefined; readonly withoutPort: number | undefined };
}

/** What the log itself is, and what it shows of how addresses are shared. */
export interface MeasuredLog {
  readonly kind: 'sessions' | 'port-blocks' | 'whole';
  readonly withPort: number;
  readonly withoutPort: number;
  /** Of the moments held, those on addresses that nobody else had that day. */
  readonly alone: number;
}

/** What the logs do not tell and the reckoning needs; each default has its source. */
export interface RetentionAssumptions {
  /** RFC 7422 §1: about 33,000 connections a household a day. */
  readonly connectionsPerSubscriberDay: number;
  /** RFC 7422 §1: about 150 bytes a message of a NAT44, of which there are one or two a connection; one is counted. */
  readonly textBytesPerConnection: number;
  /** attribution.md §6: 20.16 million leases of 200,000 subscribers in 30 days. */
  readonly blocksPerSubscriberDay: number;
  /** Leases, sessions or delegations of a subscriber a day: what every way but sessions needs beside its own. */
  readonly leasesPerSubscriberDay: number;
}

export const commonAssumptions: RetentionAssumptions = {
  connectionsPerSubscriberDay: 33_000,
  textBytesPerConnection: 150,
  blocksPerSubscriberDay: 3.36,
  leasesPerSubscriberDay: 1,
};

export const retentionOptions = (
  bytesPerRecord: number,
  assumptions: RetentionAssumptions,
  log: MeasuredLog,
): readonly RetentionOption[] => {
  const measured = (kind: MeasuredLog['kind']): RetentionOption['attributable'] =>
    log.kind === kind
      ? { withPort: log.withPort, withoutPort: log.withoutPort }
      : { withPort: undefined, withoutPort: kind === 'sessions' || kind === 'port-blocks' ? log.alone : undefined };
  const configured = { withPort: 1, withoutPort: log.alone };
  const { connectionsPerSubscriberDay, textBytesPerConnection, blocksPerSubscriberDay } = assumptions;
  const leases = assumptions.leasesPerSubscriberDay * bytesPerRecord;
  const shared = { asks: ['port', 'protocol'] } as const;
  const silent = { connections: 'not-logged', bytesPerSubscriberDay: leases } as const;
  return [
    {
      ...shared,
      technology: 'sessions-as-text',
      connections: 'logged',
      attributable: measured('sessions'),
      bytesPerSubscriberDay: connectionsPerSubscriberDay * textBytesPerConnection,
    },
    {
      ...shared,
      technology: 'sessions',
      connections: 'logged',
      attributable: measured('sessions'),
      bytesPerSubscriberDay: connectionsPerSubscriberDay * bytesPerRecord + leases,
    },
    {
      ...shared,
      technology: 'port-blocks',
      connections: 'not-logged',
      attributable: measured('port-blocks'),
      bytesPerSubscriberDay: blocksPerSubscriberDay * bytesPerRecord + leases,
    },
    { ...silent, technology: 'deterministic', asks: ['port'], attributable: configured },
    { ...silent, technology: 'map', asks: ['port'], attributable: configured },
    { ...silent, technology: 'ipv6', asks: [], attributable: { withPort: 1, withoutPort: 1 } },
  ];
};

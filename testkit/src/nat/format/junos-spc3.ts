import { ipv4Text } from './text.js';

/** Times in ms UTC; the log itself keeps whole seconds of `at` for ALLOC and RELEASE, of `since` for INTERIM. */
export interface JunosBlock {
  readonly event: 'alloc' | 'interim' | 'release';
  readonly at: number;
  readonly since: number;
  readonly host: string;
  readonly pool: string;
  readonly inside: number;
  readonly outside: number;
  readonly portFirst: number;
  readonly portLast: number;
  /** Message number (RFC 5424 §7.3.1), if the device is told to send one. */
  readonly sequence: number | undefined;
}

/** A line of Junos MX-SPC3 port-block logging, without line end (attribution.md §3.2). */
export const formatJunosBlock = (block: JunosBlock): string => {
  const epoch = Math.floor((block.event === 'interim' ? block.since : block.at) / 1000).toString(16);
  const meta = block.sequence === undefined ? '' : `[meta sequenceId="${block.sequence}"]`;
  return (
    `<14>1 ${new Date(block.at).toISOString()} ${block.host} RT_NAT - RT_SRC_NAT_PBA_${block.event.toUpperCase()} ${meta}` +
    `[junos@2636.1.1.1.2.25 internal-ip="${ipv4Text(block.inside)}" block-used="1" block-max-per-host="4" ` +
    `block-port-low="${block.portFirst}" block-port-high="${block.portLast}" reflexive-ip="${ipv4Text(block.outside)}" ` +
    `nat-pool-name="${block.pool}" logical-system-id="0" epoch-time-64="${epoch}"]`
  );
};

import { bsdStamp, ipv4Text } from './text.js';

/** `at` in ms UTC, which the log keeps; the year it does not. */
export interface CiscoSession {
  readonly event: 'alloc' | 'release';
  readonly at: number;
  readonly sequence: number;
  readonly host: string;
  readonly proto: 6 | 17;
  readonly inside: number;
  readonly insidePort: number;
  readonly outside: number;
  readonly outsidePort: number;
  readonly dest: number;
  readonly destPort: number;
  readonly vrf: number;
}

/** A line of Cisco IOS-XE NAT syslog, without line end (attribution.md §3.1). */
export const formatCiscoSession = (session: CiscoSession): string => {
  const ms = String(session.at % 1000).padStart(3, '0');
  const dest = `${ipv4Text(session.dest)}:${session.destPort}`;
  return (
    `<190>${session.sequence}: ${session.host}: ${bsdStamp(session.at)}.${ms} UTC: %IOSXE-6-PLATFORM: F0: cpp_cp: QFP:0.0 ` +
    `Thread:105 TS:00000012345678 %NAT-6-LOG_TRANSLATION: ${session.event === 'alloc' ? 'Created' : 'Deleted'} Translation ` +
    `${session.proto === 6 ? 'TCP' : 'UDP'} ${ipv4Text(session.inside)}:${session.insidePort} ` +
    `${ipv4Text(session.outside)}:${session.outsidePort} ${dest} ${dest} ${session.vrf}`
  );
};

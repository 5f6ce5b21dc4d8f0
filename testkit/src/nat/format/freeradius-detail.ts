import { bsdStamp, ipv4Text } from './text.js';

/** `at` in ms UTC, of which the log keeps whole seconds. */
export interface RadiusAccounting {
  readonly status: 'Start' | 'Interim-Update' | 'Stop';
  readonly at: number;
  readonly sessionId: string;
  readonly sessionSeconds: number;
  readonly account: string;
  readonly nas: number;
  readonly nasPort: string;
  readonly callingStation: string;
  readonly framedIp: number;
  /** `2001:db8:12:3400::/56` */
  readonly delegated: string | undefined;
  readonly block:
    | {
        readonly event: 'Allocation' | 'Deallocation';
        readonly outside: number;
        readonly first: number;
        readonly last: number;
      }
    | undefined;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** A stanza of a FreeRADIUS detail file with the empty line that ends it (attribution.md §3.6). */
export const formatRadiusDetail = (event: RadiusAccounting): string => {
  const stamp = bsdStamp(event.at);
  const year = new Date(event.at).getUTCFullYear();
  const lines = [
    `Acct-Status-Type = ${event.status}`,
    `Acct-Session-Id = ${quoted(event.sessionId)}`,
    `User-Name = ${quoted(event.account)}`,
    `NAS-IP-Address = ${ipv4Text(event.nas)}`,
    `NAS-Port-Id = ${quoted(event.nasPort)}`,
    `Calling-Station-Id = ${quoted(event.callingStation)}`,
    `Framed-IP-Address = ${ipv4Text(event.framedIp)}`,
    ...(event.delegated === undefined ? [] : [`Delegated-IPv6-Prefix = ${event.delegated}`]),
    `Event-Timestamp = "${stamp.slice(0, 6)} ${year} ${stamp.slice(7)} UTC"`,
    'Acct-Delay-Time = 0',
    ...(event.status === 'Start' ? [] : [`Acct-Session-Time = ${event.sessionSeconds}`]),
    ...(event.block === undefined
      ? []
      : [
          `IP-Port-Range-Alloc = ${event.block.event}`,
          `IP-Port-Range-Ext-IPv4-Addr = ${ipv4Text(event.block.outside)}`,
          `IP-Port-Range-Range-Start = ${event.block.first}`,
          `IP-Port-Range-Range-End = ${event.block.last}`,
        ]),
  ];
  return `Mon ${stamp} ${year}\n${lines.map((line) => `\t${line}\n`).join('')}\n`;
};

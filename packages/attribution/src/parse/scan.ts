import { ipv4End, ipv4Value } from '../observation/ipv4.js';
import type { RecordProto } from '../record/log-record.js';

/**
 * A cursor over one line without regular expressions: each step either moves `at` or sets `at` to -1, after which
 * every further step does nothing. Reused from line to line.
 */
export interface Scan {
  text: string;
  at: number;
}

/** Skips an exact text. */
export const skip = (scan: Scan, literal: string): void => {
  if (scan.at >= 0) scan.at = scan.text.startsWith(literal, scan.at) ? scan.at + literal.length : -1;
};

/** An unsigned decimal number without leading zeros, at most ten digits. */
export const number = (scan: Scan): number => {
  if (scan.at < 0) return -1;
  let value = 0;
  let at = scan.at;
  while (at - scan.at < 11) {
    const digit = scan.text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
    at++;
  }
  const length = at - scan.at;
  const valid = length > 0 && length < 11 && (length === 1 || scan.text.charCodeAt(scan.at) !== 48);
  scan.at = valid ? at : -1;
  return valid ? value : -1;
};

/** A port from 0 to 65535: logs write 0 where there is none. */
export const port = (scan: Scan): number => {
  const value = number(scan);
  if (value > 65535) scan.at = -1;
  return value > 65535 ? -1 : value;
};

/** A strict IPv4 address. */
export const ipv4 = (scan: Scan): number => {
  if (scan.at < 0) return -1;
  const end = ipv4End(scan.text, scan.at);
  const value = end < 0 ? -1 : ipv4Value(scan.text, scan.at, end);
  scan.at = end;
  return value;
};

export const protocolOf = (name: string): RecordProto | undefined => protocols[name];
const protocols: Readonly<Record<string, RecordProto>> = Object.assign(
  Object.create(null) as object,
  {
    TCP: 6,
    tcp: 6,
    '6': 6,
    UDP: 17,
    udp: 17,
    '17': 17,
    ICMP: 1,
    icmp: 1,
    '1': 1,
  } as const,
);

/** Protocol of a word that begins here and ends before a blank or comma. */
export const protocol = (scan: Scan): RecordProto | undefined => {
  if (scan.at < 0) return undefined;
  let end = scan.at;
  while (end < scan.text.length && end - scan.at < 5) {
    const code = scan.text.charCodeAt(end);
    if (code === 32 || code === 44) break;
    end++;
  }
  const found = protocolOf(scan.text.slice(scan.at, end));
  scan.at = found === undefined ? -1 : end;
  return found;
};

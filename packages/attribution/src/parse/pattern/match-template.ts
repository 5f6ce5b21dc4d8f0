import type { Ipv6Prefix } from '../../observation/ip-address.js';
import { ipv4End, ipv4Value } from '../../observation/ipv4.js';
import { ipv6Prefix, parseIpv6 } from '../../observation/ipv6.js';
import type { RecordProto } from '../../record/log-record.js';
import type { DeviceClock } from '../device-time.js';
import type { LineFault } from '../line-reader.js';
import { epochStamp, type Stamp, stampOf } from '../make-record.js';
import { protocolOf } from '../scan.js';
import type { FieldName, Template } from './pattern.js';

/** What the fields of a matched template held. */
export interface Captured {
  inside?: number;
  inside6?: Ipv6Prefix;
  tunnel?: Ipv6Prefix;
  outside?: number;
  insidePort?: number;
  port?: number;
  first?: number;
  last?: number;
  proto?: RecordProto;
  dest?: number;
  destPort?: number;
  vrf?: string;
  instance?: string;
  account?: string;
  stamp?: Stamp;
}

/** Reads a line from `from` by a template; the fault of the first thing that is not as the template says. */
export const matchTemplate = (
  template: Template,
  text: string,
  from: number,
  clock: DeviceClock,
): Captured | LineFault => {
  const captured: Captured = {};
  let at = from;
  for (const step of template.steps) {
    if ('literal' in step) {
      if (!text.startsWith(step.literal, at)) return 'MALFORMED';
      at += step.literal.length;
      continue;
    }
    const end = fieldEnd(step.field, step.stop, text, at, clock);
    if (end < 0) return step.field === 'time' ? clock.fault : 'MALFORMED';
    const fault = capture(captured, step.field, text, at, end, clock);
    if (fault !== undefined) return fault;
    at = end;
  }
  return at === text.length ? captured : 'MALFORMED';
};

const fieldEnd = (field: FieldName, stop: string, text: string, at: number, clock: DeviceClock): number => {
  switch (field) {
    case 'inside':
    case 'outside':
    case 'dest':
      return ipv4End(text, at);
    case 'insidePort':
    case 'port':
    case 'first':
    case 'last':
    case 'destPort':
    case 'epoch':
    case 'epochMs':
      return numberEnd(text, at);
    case 'time':
      return clock.read(text, at, 'none');
    case 'inside6':
    case 'tunnel':
    case 'proto':
    case 'vrf':
    case 'instance':
    case 'account':
    case 'epochHex':
    case 'skip':
      return stop === '' ? text.length : text.indexOf(stop, at);
    default:
      return field satisfies never;
  }
};

const numberEnd = (text: string, from: number): number => {
  let at = from;
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  const leadingZero = at - from > 1 && text.charCodeAt(from) === 48;
  return at === from || at - from > 14 || leadingZero ? -1 : at;
};

const capture = (
  captured: Captured,
  field: FieldName,
  text: string,
  at: number,
  end: number,
  clock: DeviceClock,
): LineFault | undefined => {
  switch (field) {
    case 'inside':
    case 'outside':
    case 'dest':
      captured[field] = ipv4Value(text, at, end);
      return undefined;
    case 'insidePort':
    case 'port':
    case 'first':
    case 'last':
    case 'destPort': {
      const value = Number(text.slice(at, end));
      captured[field] = value;
      return value > 65535 ? 'PORT_MALFORMED' : undefined;
    }
    case 'inside6':
    case 'tunnel': {
      const value = parseIpv6(text.slice(at, end));
      if (value === undefined) return 'ADDRESS_MALFORMED';
      captured[field] = ipv6Prefix(value, 128);
      return undefined;
    }
    case 'proto': {
      const proto = protocolOf(text.slice(at, end));
      if (proto === undefined) return 'PROTO_UNKNOWN';
      captured.proto = proto;
      return undefined;
    }
    case 'vrf':
    case 'instance':
    case 'account':
      captured[field] = text.slice(at, end);
      return undefined;
    case 'time':
      captured.stamp = stampOf(clock);
      return undefined;
    case 'epoch':
      captured.stamp = epochStamp(Number(text.slice(at, end)) * 1000, 1000);
      return plausible(captured.stamp);
    case 'epochMs':
      captured.stamp = epochStamp(Number(text.slice(at, end)), 1);
      return plausible(captured.stamp);
    case 'epochHex': {
      const hex = text.slice(at, end);
      if (!/^[0-9a-f]{1,10}$/i.test(hex)) return 'TIME_MALFORMED';
      captured.stamp = epochStamp(Number.parseInt(hex, 16) * 1000, 1000);
      return plausible(captured.stamp);
    }
    case 'skip':
      return undefined;
    default:
      return field satisfies never;
  }
};

/** A moment between 1973 and 9999: seconds taken for milliseconds, or the reverse, fall outside. */
const plausible = (stamp: Stamp): LineFault | undefined =>
  stamp.at < 1e11 || stamp.at > 253_402_300_799_000 ? 'TIME_MALFORMED' : undefined;

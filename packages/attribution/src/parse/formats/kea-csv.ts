import { parseIpv4 } from '../../observation/ipv4.js';
import { ipv6Prefix, parseIpv6 } from '../../observation/ipv6.js';
import type { ReasonCode } from '../../reason.js';
import type { InsideKey, SubscriberParts } from '../../record/log-record.js';
import { asUtf8, type LineFault, type LineVerdict, type LogFormat, parserName } from '../line-reader.js';
import { epochStamp, insideIp4, insideIp6, makeRecord, type Stamp } from '../make-record.js';
import { csvTableReader, type Row } from './csv-table.js';

const leaseExpiry: readonly ReasonCode[] = ['END_INFERRED_LEASE_EXPIRY'];
const none: readonly ReasonCode[] = [];

/**
 * Kea's `kea-leases4.csv` and `kea-leases6.csv` (§3.7), columns by header name. A row says that a lease ran from
 * expire − valid_lifetime; a row whose lifetime is 0 deletes the lease at a time it does not tell, so that the end is
 * only known to lie before the expiry.
 */
export const keaCsv: LogFormat = {
  name: 'kea-csv',
  version: '1',
  stanza: undefined,
  open: (declaration, state) => {
    const parser = parserName(keaCsv);
    return csvTableReader(state, ['address', 'valid_lifetime', 'expire', 'state'], (row, context): LineVerdict => {
      const held = readHeld(row);
      if (typeof held === 'string') return held;
      const expire = seconds(row('expire'));
      const lifetime = seconds(row('valid_lifetime'));
      if (expire === undefined || lifetime === undefined || lifetime > expire) return 'TIME_MALFORMED';
      const leaseState = row('state');
      if (!/^[0-3]$/.test(leaseState)) return 'EVENT_UNKNOWN';
      // A declined address is held by nobody whom the server knows.
      if (leaseState === '1') return 'no-holder';
      const subscriber = subscriberOf(row);
      if (subscriber === undefined && lifetime > 0) return 'no-holder';
      const start = (expire - lifetime) * 1000;
      const active = leaseState === '0' && lifetime > 0;
      const ended = endStamp(leaseState, start, expire * 1000);
      const stamp = active ? epochStamp(start, 1000) : ended;
      context.emit(
        makeRecord(parser, declaration.exporter, declaration, stamp, context, {
          ...held,
          event: active ? 'alloc' : 'release',
          proto: '*',
          outside: undefined,
          natInstance: row('subnet_id') === '' ? declaration.natInstance : row('subnet_id'),
          tExpiry: active ? expire * 1000 : undefined,
          subscriber,
        }),
      );
      return 'recorded';
    });
  },
};

/** 2 reclaimed: ran to its expiry. 3 released, or deleted: some time after the last renewal, which is all it tells. */
const endStamp = (leaseState: string, start: number, expire: number): Stamp => ({
  at: leaseState === '2' ? expire : start,
  precisionMs: 1000,
  source: 'epoch',
  qualifiers: leaseState === '2' ? none : leaseExpiry,
});

const readHeld = (row: Row): { readonly kind: 'lease' | 'pd'; readonly inside: InsideKey } | LineFault => {
  const text = row('address');
  const four = parseIpv4(text);
  if (four !== undefined) return { kind: 'lease', inside: insideIp4(four) };
  const six = parseIpv6(text);
  if (six === undefined) return 'ADDRESS_MALFORMED';
  const type = row('lease_type');
  if (type === '0' || type === '1') return { kind: 'lease', inside: insideIp6(ipv6Prefix(six, 128)) };
  if (type !== '2') return 'EVENT_UNKNOWN';
  const length = Number(row('prefix_len'));
  if (!/^[1-9]\d{0,2}$/.test(row('prefix_len')) || length > 128) return 'ADDRESS_MALFORMED';
  const prefix = ipv6Prefix(six, length);
  return prefix.value === six ? { kind: 'pd', inside: insideIp6(prefix) } : 'ADDRESS_MALFORMED';
};

const subscriberOf = (row: Row): SubscriberParts | undefined => {
  const parts: SubscriberParts = {
    ...(row('hwaddr') === '' ? undefined : { hardware: row('hwaddr') }),
    ...(row('client_id') === '' ? undefined : { clientId: row('client_id') }),
    ...(row('duid') === '' ? undefined : { duid: row('duid') }),
    ...(row('iaid') === '' ? undefined : { iaid: row('iaid') }),
    ...relayOf(asUtf8(row('user_context'))),
  };
  return Object.keys(parts).length === 0 ? undefined : parts;
};

/** Option 82 as Kea keeps it in `user_context`, its commas as `&#x2c`. */
const relayOf = (text: string): SubscriberParts => {
  const agent = /"(?:remote-id|remoteId)": *"([^"]+)"/.exec(text)?.[1];
  const circuit = /"(?:circuit-id|circuitId)": *"([^"]+)"/.exec(text)?.[1];
  return {
    ...(agent === undefined ? undefined : { remoteId: agent }),
    ...(circuit === undefined ? undefined : { circuitId: circuit }),
  };
};

const seconds = (text: string): number | undefined => (/^\d{1,10}$/.test(text) ? Number(text) : undefined);

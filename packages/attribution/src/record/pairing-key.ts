import type { LogRecord, SubscriberParts } from './log-record.js';

/** What can be held by one at a time: a key within a group. Sessions towards different destinations may share a port. */
export const groupKey = (record: LogRecord): string =>
  record.outside === undefined
    ? `${record.kind}|${record.exporter}`
    : `${record.kind}|${record.proto}|${record.natInstance}|${record.exporter}`;

export const slotKey = (record: LogRecord): number | string => {
  const { outside, dest, inside } = record;
  if (outside === undefined) {
    if (inside.ip4 !== undefined) return inside.vrf === undefined ? inside.ip4 : `${inside.ip4}|${inside.vrf}`;
    return `${inside.ip6?.value}/${inside.ip6?.length}|${inside.vrf ?? ''}`;
  }
  const first = outside.ip4 * 65_536 + outside.portFirst;
  return dest === undefined ? first : `${first}|${dest.ip4 ?? dest.ip6?.value}|${dest.port}`;
};

/** Whether both speak of the same holder: of the same customer's side, or of the same lease or session. */
export const holderOf = (a: LogRecord, b: LogRecord): 'same' | 'other' =>
  (a.outside === undefined ? sameSubscriber(a.subscriber, b.subscriber) : sameInside(a, b)) ? 'same' : 'other';

const sameInside = ({ inside: a }: LogRecord, { inside: b }: LogRecord): boolean =>
  a.ip4 === b.ip4 &&
  a.vrf === b.vrf &&
  a.ip6?.value === b.ip6?.value &&
  a.ip6?.length === b.ip6?.length &&
  a.tunnel?.value === b.tunnel?.value;

const sameSubscriber = (a: SubscriberParts | undefined, b: SubscriberParts | undefined): boolean => {
  if (a === undefined || b === undefined) return true;
  for (const name of ['sessionId', 'duid', 'clientId', 'hardware'] as const) {
    const one = a[name];
    const two = b[name];
    if (one === undefined || two === undefined) continue;
    return one === two && (name !== 'duid' || a.iaid === b.iaid);
  }
  return false;
};

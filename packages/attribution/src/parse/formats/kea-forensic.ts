import { parseIpv4 } from '../../observation/ipv4.js';
import { parseIpv6Prefix } from '../../observation/ipv6.js';
import type { RecordEvent, SubscriberParts } from '../../record/log-record.js';
import { deviceClock } from '../device-time.js';
import {
  asUtf8,
  type LineContext,
  type LineReader,
  type LineVerdict,
  type LogFormat,
  parserName,
} from '../line-reader.js';
import { insideIp4, insideIp6, makeRecord, stampOf } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';

const verbs: readonly (readonly [RegExp, RecordEvent])[] = [
  [/ has been assigned for /, 'alloc'],
  [/ has been renewed for /, 'alloc'],
  [/ has been released /, 'release'],
  [/^(?:Administrator|HA partner) (?:added|updated) /, 'alloc'],
  [/^(?:Administrator|HA partner) deleted /, 'release'],
];

/**
 * Kea's forensic log (§3.7). The stamp is the time of writing and carries a zone abbreviation, which the declaration
 * has to explain; expiry is not logged, so that an end is inferred from the duration. Operators may replace the whole
 * text by expressions of their own: such lines are counted as malformed, never guessed at.
 */
export const keaForensic: LogFormat = {
  name: 'kea-forensic',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(keaForensic)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const read = (text: string, context: LineContext): LineVerdict => {
    if (text === '') return 'blank';
    const stampEnd = clock.read(text, 0, 'may-follow');
    if (stampEnd < 0) return clock.fault;
    if (text.charCodeAt(stampEnd) !== 32) return 'TIME_MALFORMED';
    const message = text.slice(stampEnd + 1);
    const event = verbs.find(([verb]) => verb.test(message))?.[1];
    if (event === undefined) return /address: ?/i.test(message) ? 'EVENT_UNKNOWN' : 'MALFORMED';
    const address = /(?:^|[ ])[Aa]ddress: ?([0-9a-fA-F:./]+)(?: |,|$)/.exec(message)?.[1];
    if (address === undefined) return 'FIELD_MISSING';
    const four = parseIpv4(address);
    const six = four === undefined ? parseIpv6Prefix(address) : undefined;
    if (four === undefined && six === undefined) return 'ADDRESS_MALFORMED';
    const duration = readDuration(message);
    if (duration === undefined && message.includes(' for ') && / (?:assigned|renewed) for /.test(message))
      return 'MALFORMED';
    const subscriber = readSubscriber(message);
    if (subscriber === undefined && event === 'alloc') return 'FIELD_MISSING';
    context.emit(
      makeRecord(parser, declaration.exporter, declaration, stampOf(clock), context, {
        kind: six !== undefined && six.length < 128 ? 'pd' : 'lease',
        event,
        proto: '*',
        inside: six === undefined ? insideIp4(four!) : insideIp6(six),
        outside: undefined,
        tExpiry: event === 'release' || duration === undefined ? undefined : clock.at + duration,
        subscriber,
      }),
    );
    return 'recorded';
  };
  return { read, state: () => null };
};

const units: Readonly<Record<string, number>> = { day: 86_400_000, hr: 3_600_000, min: 60_000, sec: 1000 };

/** `1 days 0 hrs 0 mins 0 secs`, its parts optional and in the singular or plural. */
const readDuration = (message: string): number | undefined => {
  const text = / for ((?:\d{1,6} (?:day|hr|min|sec)s? ?)+)/.exec(message)?.[1];
  if (text === undefined) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+) (day|hr|min|sec)/g)) total += Number(count) * units[unit!]!;
  return total;
};

const readSubscriber = (message: string): SubscriberParts | undefined => {
  const hardware = /hardware address: ?(?:hwtype=\d+ )?([0-9a-fA-F:]{5,59})/.exec(message)?.[1];
  const clientId = /client-id: ?([0-9a-fA-F:]+)/.exec(message)?.[1];
  const duid = /DUID: ?([0-9a-fA-F:]+)/.exec(message)?.[1];
  const circuitId = /circuit-id: ?([0-9a-fA-F:]+)/.exec(message)?.[1];
  const remoteId = /remote-id: ?([0-9a-fA-F:]+)/.exec(message)?.[1];
  const parts: SubscriberParts = {
    ...(hardware === undefined ? undefined : { hardware: asUtf8(hardware) }),
    ...(clientId === undefined ? undefined : { clientId }),
    ...(duid === undefined ? undefined : { duid }),
    ...(circuitId === undefined ? undefined : { circuitId }),
    ...(remoteId === undefined ? undefined : { remoteId }),
  };
  return Object.keys(parts).length === 0 ? undefined : parts;
};

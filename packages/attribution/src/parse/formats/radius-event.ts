import { parseIpv4 } from '../../observation/ipv4.js';
import { parseIpv6Prefix } from '../../observation/ipv6.js';
import type { LogRecord, RecordEvent, SubscriberParts } from '../../record/log-record.js';
import type { LineContext, LineFault } from '../line-reader.js';
import { insideIp4, insideIp6, makeRecord, type Stamp } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';

/** What a session was given, as RADIUS writes it; empty where it does not say. */
export interface RadiusGrants {
  readonly framedIp: string;
  readonly framedIp6: readonly string[];
  readonly delegated: string;
}

export interface RadiusEvent {
  readonly event: RecordEvent;
  readonly stamp: Stamp;
  readonly tStart: number | undefined;
  readonly qualifiers: LogRecord['qualifiers'];
  readonly nas: string;
  readonly subscriber: SubscriberParts;
}

/** The records of an accounting event: one for each address and prefix that the session holds; or what is wrong. */
export const radiusRecords = (
  parser: string,
  declaration: SourceDeclaration,
  grants: RadiusGrants,
  { event, stamp, tStart, qualifiers, nas, subscriber }: RadiusEvent,
  context: LineContext,
): readonly LogRecord[] | LineFault => {
  const records: LogRecord[] = [];
  const add = (kind: LogRecord['kind'], inside: LogRecord['inside']): void => {
    records.push(
      makeRecord(parser, declaration.exporter, declaration, stamp, context, {
        kind,
        event,
        proto: '*',
        inside,
        outside: undefined,
        natInstance: nas,
        tStart,
        subscriber,
        qualifiers,
      }),
    );
  };
  if (grants.framedIp !== '') {
    const ip4 = parseIpv4(grants.framedIp);
    if (ip4 === undefined) return 'ADDRESS_MALFORMED';
    add('radius', insideIp4(ip4));
  }
  for (const text of grants.framedIp6) {
    const prefix = parseIpv6Prefix(text);
    if (prefix === undefined) return 'ADDRESS_MALFORMED';
    add('radius', insideIp6(prefix));
  }
  if (grants.delegated !== '') {
    const prefix = parseIpv6Prefix(grants.delegated);
    if (prefix === undefined) return 'ADDRESS_MALFORMED';
    add('pd', insideIp6(prefix));
  }
  return records;
};

import { parseInstant, toInstant } from '@tutela/core';
import { type Static, Type } from 'typebox';
import type { Observation, ObservedTime, Protocol } from '../observation/observation.js';
import type { ObservationFields } from '../observation/read-observation.js';

const strict = { additionalProperties: false } as const;
export const sha256Schema = Type.String({ pattern: '^[0-9a-f]{64}$' });
/** RFC 3339 in UTC with milliseconds, as `UtcInstant`. */
export const instantSchema = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
const port = Type.Integer({ minimum: 1, maximum: 65_535 });
const address = Type.String({ minLength: 2, maxLength: 45 });

/**
 * A moment twice: as it stood in the source, with its zone, and as the asker read it. The provider reads the text
 * itself; where the two readings differ, somebody's time zone database does, and the question is refused.
 */
const moment = Type.Object({ text: Type.String({ minLength: 10, maxLength: 100 }), utc: instantSchema }, strict);

/** One observation as it is sent. What is not known is left out; the clock's error is stated or `unknown`. */
export const askedObservationSchema = Type.Object(
  {
    ip: address,
    port: Type.Optional(port),
    proto: Type.Optional(Type.Enum(['tcp', 'udp', 'icmp'])),
    dest: Type.Optional(Type.Object({ ip: address, port: Type.Optional(port) }, strict)),
    from: moment,
    to: Type.Optional(moment),
    clock: Type.Object(
      {
        errorSeconds: Type.Union([Type.Number({ minimum: 0, maximum: 9_999_999 }), Type.Literal('unknown')]),
        /** Observer minus UTC, where it was measured. Default 0. */
        offsetSeconds: Type.Optional(Type.Number({ minimum: -9_999_999, maximum: 9_999_999 })),
        syncedTo: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      },
      strict,
    ),
    role: Type.Enum(['connection-source', 'listening-endpoint']),
    /** Of peer-to-peer records: pieces verified, handshake, connection alone. Hearsay cannot be sent. */
    contact: Type.Optional(Type.Enum(['D3', 'D2', 'D1'])),
    /** SHA-256 of the document that it was taken from. */
    sourceDocument: sha256Schema,
    entry: Type.Enum(['electronic', 'transcribed']),
  },
  strict,
);

export type AskedObservation = Static<typeof askedObservationSchema>;

const protoNames: Readonly<Record<Protocol, 'tcp' | 'udp' | 'icmp'>> = { 6: 'tcp', 17: 'udp', 1: 'icmp' };

/** The fields of `readObservation`, which the receiver reads as it would any other. */
export const fieldsOfAsked = (asked: AskedObservation): ObservationFields => ({
  ip: asked.ip,
  port: asked.port === undefined ? '' : String(asked.port),
  proto: asked.proto ?? '',
  destIp: asked.dest?.ip ?? '',
  destPort: asked.dest?.port === undefined ? '' : String(asked.dest.port),
  from: asked.from.text,
  to: asked.to?.text ?? '',
  clockErrorSeconds: asked.clock.errorSeconds === 'unknown' ? 'unknown' : decimal(asked.clock.errorSeconds),
  clockOffsetSeconds: asked.clock.offsetSeconds === undefined ? '' : decimal(asked.clock.offsetSeconds),
  clockSyncedTo: asked.clock.syncedTo ?? '',
  role: asked.role,
  contact: asked.contact ?? '',
  sourceDocument: asked.sourceDocument,
  entry: asked.entry,
});

/** Whether both sides read the same moments out of the same text. */
export const readAlike = (asked: AskedObservation, read: Observation): 'alike' | 'differently' => {
  const last = asked.to ?? asked.from;
  const alike = asked.from.utc === stampedAt(read, read.from) && last.utc === stampedAt(read, read.to);
  return alike ? 'alike' : 'differently';
};

/**
 * An observation as it is sent. `undefined` for what may not be asked about: hearsay and addresses that others
 * announced.
 */
export const askedOf = (observation: Observation): AskedObservation | undefined => {
  const { ip, port: number, proto, dest, from, to, clock, role, contact, sourceDocument, entry } = observation;
  if (contact === 'H' || role === 'announced-only') return undefined;
  const one = from === to || (from.at === to.at && from.provenance.text === to.provenance.text);
  return {
    ip: ip.text,
    ...(number === undefined ? {} : { port: number }),
    ...(proto === undefined ? {} : { proto: protoNames[proto] }),
    ...(dest === undefined
      ? {}
      : { dest: { ip: dest.ip.text, ...(dest.port === undefined ? {} : { port: dest.port }) } }),
    from: { text: textOf(observation, from), utc: stampedAt(observation, from) },
    ...(one ? {} : { to: { text: textOf(observation, to), utc: stampedAt(observation, to) } }),
    clock: {
      errorSeconds: clock.errorMs === 'unknown' ? 'unknown' : clock.errorMs / 1000,
      ...(clock.offsetMs === 0 ? {} : { offsetSeconds: clock.offsetMs / 1000 }),
      ...(clock.syncedTo === undefined ? {} : { syncedTo: clock.syncedTo }),
    },
    role,
    ...(contact === undefined ? {} : { contact }),
    sourceDocument,
    entry,
  };
};

const decimal = (seconds: number): string => seconds.toFixed(3);

/** The moment as the observer's clock showed it: what a measured offset was taken off is put back. */
const stampedAt = ({ clock }: Observation, { at }: ObservedTime) => toInstant(new Date(at + clock.offsetMs));

/** An abbreviation means what one source says it means, so it goes out as the offset that it stood for. */
const textOf = (observation: Observation, time: ObservedTime): string => {
  const { text, source, zone } = time.provenance;
  if (source !== 'abbreviation') return text;
  const stamped = Date.parse(stampedAt(observation, time));
  const offsetMinutes = offsetOf(zone, stamped);
  const local = new Date(stamped + offsetMinutes * 60_000).toISOString();
  const digits = time.precisionMs >= 60_000 ? 16 : time.precisionMs >= 1000 ? 19 : 23;
  const sign = offsetMinutes < 0 ? '-' : '+';
  const size = Math.abs(offsetMinutes);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${local.slice(0, digits).replace('T', ' ')}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** Minutes east of UTC that a zone or a numeric offset shows at a moment. */
const offsetOf = (zone: string, at: number): number => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (60 * Number(hours) + Number(minutes));
};

/** Milliseconds of an instant of the exchange; `undefined` for one that no calendar shows. */
export const msOf = (instant: string): number | undefined => {
  const parsed = parseInstant(instant);
  return parsed === instant ? Date.parse(parsed) : undefined;
};

import { done, type Outcome, refused } from '@tutela/core';
import type { ReasonCode } from '../reason.js';
import type {
  ContactGrade,
  Observation,
  ObservationOutcome,
  ObservedEndpoint,
  ObservedRole,
  Protocol,
} from './observation.js';
import { type AddressPolicy, readPublicAddress } from './public-address.js';
import { readTime, type TimeConvention } from './read-time.js';

/** What is true of a whole source of observations, stated by the one who hands it in. */
export interface IntakeSettings extends AddressPolicy, TimeConvention {}

/**
 * The fields as received. An empty text is a missing one. `clockErrorSeconds` is a decimal number or `unknown`;
 * `from` alone means a moment, with `to` a window.
 */
export interface ObservationFields {
  readonly ip: string;
  readonly port: string;
  readonly proto: string;
  readonly destIp: string;
  readonly destPort: string;
  readonly from: string;
  readonly to: string;
  readonly clockErrorSeconds: string;
  readonly clockOffsetSeconds: string;
  readonly clockSyncedTo: string;
  readonly role: string;
  readonly contact: string;
  readonly sourceDocument: string;
  readonly entry: string;
}

type Read<T> = Outcome<T, ReasonCode>;

const protocols: Readonly<Record<string, Protocol>> = { tcp: 6, udp: 17, icmp: 1, '6': 6, '17': 17, '1': 1 };
const grades = ['D3', 'D2', 'D1', 'H'] as const satisfies readonly ContactGrade[];
const roles = ['connection-source', 'listening-endpoint', 'announced-only'] as const satisfies readonly ObservedRole[];

/**
 * An observation from its fields, or the reason why it may not be asked about. A question without port stays a
 * question, since its answer may honestly be a number; it is qualified by what it lacks.
 */
export const readObservation = (fields: ObservationFields, settings: IntakeSettings): ObservationOutcome => {
  const ip = readPublicAddress(fields.ip, settings);
  if (ip.kind !== 'done') return ip;
  const ports = readPorts(fields);
  if (ports.kind !== 'done') return ports;
  const dest = readDestination(fields);
  if (dest.kind !== 'done') return dest;
  const window = readWindow(fields, settings);
  if (window.kind !== 'done') return window;
  const clock = readClock(fields);
  if (clock.kind !== 'done') return clock;
  const origin = readOrigin(fields);
  if (origin.kind !== 'done') return origin;
  const { offsetMs } = clock.value;
  const { from, to } = window.value;
  return done({
    ip: ip.value,
    ...ports.value,
    dest: dest.value,
    from: { ...from, at: from.at - offsetMs },
    to: { ...to, at: to.at - offsetMs },
    clock: clock.value,
    ...origin.value,
    qualifiers: qualifiers(ip.value.version, ports.value.port, clock.value.errorMs),
  });
};

const qualifiers = (version: 4 | 6, port: number | undefined, errorMs: number | 'unknown'): readonly ReasonCode[] => [
  // A native IPv6 customer is a prefix: ports tell nothing more.
  ...(version === 4 && port === undefined ? (['PORT_MISSING', 'PROTO_MISSING'] as const) : []),
  ...(errorMs === 'unknown' ? (['CLOCK_ERROR_UNKNOWN'] as const) : []),
];

const readPorts = ({ port, proto }: ObservationFields): Read<Pick<Observation, 'port' | 'proto'>> => {
  const number = readPort(port);
  if (number === 'malformed') return refused('PORT_MALFORMED', 'a port is a number from 1 to 65535');
  if (proto === '') {
    return number === undefined
      ? done({ port: undefined, proto: undefined })
      : refused('PROTO_MISSING', 'a port belongs to a protocol: say TCP or UDP');
  }
  const known = Object.hasOwn(protocols, proto.toLowerCase()) ? protocols[proto.toLowerCase()] : undefined;
  if (known === undefined)
    return refused('PROTO_UNKNOWN', 'the protocols with ports are TCP and UDP; ICMP has identifiers');
  return done({ port: number, proto: known });
};

const readPort = (text: string): number | undefined | 'malformed' => {
  if (text === '') return undefined;
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535 ? Number(text) : 'malformed';
};

const readDestination = ({ destIp, destPort }: ObservationFields): Read<ObservedEndpoint | undefined> => {
  if (destIp === '' && destPort === '') return done(undefined);
  // The far side is a server, which may stand anywhere public; its documentation addresses harm nobody.
  const ip = readPublicAddress(destIp, { documentation: 'allow' });
  const port = readPort(destPort);
  if (ip.kind !== 'done') return refused('DEST_MALFORMED', `destination: ${ip.reason.message}`);
  if (port === 'malformed') return refused('DEST_MALFORMED', 'destination: a port is a number from 1 to 65535');
  return done({ ip: ip.value, port });
};

const readWindow = (fields: ObservationFields, settings: IntakeSettings): Read<Pick<Observation, 'from' | 'to'>> => {
  const from = readTime(fields.from, settings);
  if (from.kind !== 'done') return from;
  if (fields.to === '') return done({ from: from.value, to: from.value });
  const to = readTime(fields.to, settings);
  if (to.kind !== 'done') return to;
  return to.value.at < from.value.at
    ? refused('TIME_WINDOW_REVERSED', 'the window ends before it begins')
    : done({ from: from.value, to: to.value });
};

const readClock = (fields: ObservationFields): Read<Observation['clock']> => {
  const errorMs = fields.clockErrorSeconds === 'unknown' ? 'unknown' : milliseconds(fields.clockErrorSeconds);
  if (fields.clockErrorSeconds === '') {
    return refused('CLOCK_ERROR_UNKNOWN', 'how far off may the clock have been? Give seconds, or say "unknown"');
  }
  const offsetMs = fields.clockOffsetSeconds === '' ? 0 : milliseconds(fields.clockOffsetSeconds);
  if (errorMs === undefined || offsetMs === undefined || (errorMs !== 'unknown' && errorMs < 0)) {
    return refused('CLOCK_ERROR_MALFORMED', 'a clock error is a number of seconds, such as 0.5');
  }
  return done({ errorMs, offsetMs, syncedTo: fields.clockSyncedTo === '' ? undefined : fields.clockSyncedTo });
};

/** Rounded away from zero: an error is never stated smaller than it was. */
const milliseconds = (seconds: string): number | undefined => {
  if (!/^-?\d{1,7}(?:\.\d{1,9})?$/.test(seconds)) return undefined;
  const exact = Math.round(Number(seconds) * 1e6) / 1e3;
  return exact < 0 ? Math.floor(exact) : Math.ceil(exact);
};

const readOrigin = (
  fields: ObservationFields,
): Read<Pick<Observation, 'role' | 'contact' | 'sourceDocument' | 'entry'>> => {
  const role = roles.find((known) => known === fields.role);
  if (role === undefined) return refused('ROLE_UNKNOWN', `a role is one of ${roles.join(', ')}`);
  if (role === 'announced-only')
    return refused('ROLE_NOT_A_CONNECTION', 'others named this address; it did nothing itself');
  const contact = grades.find((known) => known === fields.contact);
  if (contact === undefined && fields.contact !== '') {
    return refused('CONTACT_GRADE_UNKNOWN', `a grade of contact is one of ${grades.join(', ')}`);
  }
  if (contact === 'H') return refused('CONTACT_HEARSAY', 'a tracker, DHT or peer said so: hearsay is never looked up');
  if (!/^[0-9a-f]{64}$/.test(fields.sourceDocument)) {
    return refused('SOURCE_DOCUMENT_MISSING', 'the SHA-256 of the source document belongs to every observation');
  }
  const { entry, sourceDocument } = fields;
  return entry === 'electronic' || entry === 'transcribed'
    ? done({ role, contact, sourceDocument, entry })
    : refused('TRANSCRIPTION_UNSTATED', 'say whether the row was typed (transcribed) or taken over electronically');
};

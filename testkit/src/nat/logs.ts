import { type Carrier, insideOf, placeOf, slotsOf } from './carrier.js';
import { type LogFaults, type LoggedEvent, loggedEvents, type OnOverlap } from './faults.js';
import { formatCiscoSession } from './format/cisco-ios-xe.js';
import { formatJunosBlock } from './format/junos-spc3.js';
import { slotEvents } from './slot-events.js';

export interface LogOptions {
  readonly host: string;
  /** 0 for no signs of life. */
  readonly interimMs: number;
  readonly faults: LogFaults;
  readonly onOverlap?: OnOverlap;
}

/** What the NAT logs, in the order of its clock. */
export const carrierEvents = (
  carrier: Carrier,
  { interimMs, faults, onOverlap }: LogOptions,
): Generator<LoggedEvent, void, void> =>
  loggedEvents(slotEvents(carrier.process, slotsOf(carrier), interimMs), faults, carrier.process.customers, onOverlap);

/** The log of a port-block carrier as Junos MX-SPC3 writes it, with message numbers, in pieces of about 256 KiB. */
export function* junosBlockLog(carrier: Carrier, options: LogOptions): Generator<Uint8Array, void, void> {
  yield* inPieces(carrierEvents(carrier, options), ({ event, stamp, since, sequence, slot, customer }) => {
    if (event === 'reset')
      return `<14>1 ${new Date(stamp).toISOString()} ${options.host} CHASSISD - - [meta sequenceId="1"] restarted\n`;
    const place = placeOf(carrier, slot);
    const inside = insideOf(carrier, slot, customer);
    return `${formatJunosBlock({ event, at: stamp, since, host: options.host, pool: 'cgn-a', inside, ...place, sequence })}\n`;
  });
}

/** The log of a per-session carrier as Cisco IOS-XE writes it, for one protocol. */
export function* ciscoSessionLog(
  carrier: Carrier,
  options: LogOptions & { readonly proto: 6 | 17 },
): Generator<Uint8Array, void, void> {
  yield* inPieces(carrierEvents(carrier, options), ({ event, stamp, sequence, slot, customer, since }) => {
    if (event === 'reset') return `<189>1: ${options.host}: ${ciscoRestart(stamp)}\n`;
    if (event === 'interim') return '';
    const { outside, portFirst } = placeOf(carrier, slot);
    return `${formatCiscoSession({
      event,
      at: stamp,
      sequence,
      host: options.host,
      proto: options.proto,
      inside: insideOf(carrier, slot, customer),
      insidePort: 1024 + (since % 60_000),
      outside,
      outsidePort: portFirst,
      // 192.0.2.0/24 stands for the servers; which one is part of the session.
      dest: 192 * 2 ** 24 + 2 * 2 ** 8 + (since % 250),
      destPort: 443,
      vrf: 0,
    })}\n`;
  });
}

const ciscoRestart = (stamp: number): string => {
  const text = new Date(stamp).toUTCString();
  const stampText = `${text.slice(8, 11)} ${text.slice(5, 7).replace(/^0/, ' ')} ${text.slice(17, 25)}`;
  return `${stampText}.${String(stamp % 1000).padStart(3, '0')} UTC: %SYS-5-RESTART: System restarted --`;
};

const pieceLength = 262_144;
function* inPieces(
  events: Iterable<LoggedEvent>,
  lineOf: (event: LoggedEvent) => string,
): Generator<Uint8Array, void, void> {
  let piece = '';
  for (const event of events) {
    piece += lineOf(event);
    if (piece.length >= pieceLength) {
      yield Buffer.from(piece, 'latin1');
      piece = '';
    }
  }
  if (piece !== '') yield Buffer.from(piece, 'latin1');
}

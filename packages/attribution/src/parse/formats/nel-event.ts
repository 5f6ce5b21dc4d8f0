import type { RecordEvent, RecordKind } from '../../record/log-record.js';

/** What a natEvent (RFC 8158 §5.2, IANA natEvent registry) reports; `exhaustion` names no customer. */
export type NelEvent =
  | { readonly kind: RecordKind; readonly event: RecordEvent }
  | { readonly kind: 'exhaustion' }
  | { readonly kind: 'other' };

const other: NelEvent = { kind: 'other' };
const exhaustion: NelEvent = { kind: 'exhaustion' };
const alloc = (kind: RecordKind): NelEvent => ({ kind, event: 'alloc' });
const release = (kind: RecordKind): NelEvent => ({ kind, event: 'release' });

const events: ReadonlyMap<number, NelEvent> = new Map([
  [1, alloc('session')],
  [2, release('session')],
  [3, exhaustion],
  [4, alloc('session')],
  [5, release('session')],
  [6, alloc('session')],
  [7, release('session')],
  [8, alloc('binding')],
  [9, release('binding')],
  [10, alloc('binding')],
  [11, release('binding')],
  [12, exhaustion],
  [13, exhaustion],
  [14, alloc('address')],
  [15, release('address')],
  [16, alloc('block')],
  [17, release('block')],
  [18, other],
]);

export const nelEvent = (id: number): NelEvent | undefined => events.get(id);

/** The port ranges of a block: `end` 0 means start and size; a step over 1 makes a range of each port. */
export const blockRanges = (
  start: number,
  end: number,
  step: number,
  size: number,
): readonly (readonly [number, number])[] | 'PORT_MALFORMED' | 'PORT_RANGE_REVERSED' | 'PORT_RANGE_INTERLACED' => {
  const last = end === 0 && size > 0 ? start + (size - 1) * Math.max(1, step) : end;
  if (start > 65535 || last > 65535) return 'PORT_MALFORMED';
  if (last < start) return 'PORT_RANGE_REVERSED';
  if (step <= 1) return [[start, last]];
  const count = Math.floor((last - start) / step) + 1;
  if (count > mostInterlaced) return 'PORT_RANGE_INTERLACED';
  return Array.from({ length: count }, (_, index) => [start + index * step, start + index * step] as const);
};
/** One record a port; no NAT hands out more interlaced ports at a time than a customer's share of 65,536. */
const mostInterlaced = 8192;

import { fromHex, toHex } from '@tutela/core';
import { checkEntry, type Entry, type Hasher, leafHash } from '@tutela/ledger';
import { limits, packagePaths, parseEventLine, type ReadEventLine } from '../format/index.js';
import { type CaseOrder, newCaseOrder } from './case-order.js';
import { newChainCheck } from './chain-check.js';
import type { EventPlace, FaultList } from './fault.js';
import { linesOf } from './lines.js';
import { type Leaves, newLeaves } from './tree-completion.js';

/** An event that was read. */
export interface ReadEvent {
  readonly entry: Entry;
  readonly index: bigint;
  readonly read: ReadEventLine;
}

export interface CaseHistory {
  readonly leaves: Leaves;
  /** `whole`: every counter from 1 on, in order, so that the tree can be computed. */
  readonly order: 'whole' | 'broken';
  readonly events: number;
  readonly withheld: number;
  readonly last?: ReadEvent;
}

/**
 * The events of a case, one after the other: form, counter, chain, openings. Holds 40 bytes for each.
 * @param caseRef of contents.json, when that could be read
 */
export const checkCaseHistory = async (
  hasher: Hasher,
  chunks: AsyncIterable<Uint8Array>,
  caseRef: string | undefined,
  faults: FaultList,
): Promise<CaseHistory> => {
  const order = newCaseOrder(faults);
  const chain = newChainCheck(faults);
  const leaves = newLeaves();
  const tally = { events: 0, withheld: 0, unread: 0 };
  let last: ReadEvent | undefined;
  for await (const { number, text, why } of linesOf(chunks, limits.lineBytes)) {
    const event = text === undefined ? (why ?? 'not text') : readEvent(text);
    if (typeof event === 'string') {
      tally.unread++;
      const place = placeIn(text ?? '');
      faults.add('malformed', { file: packagePaths.events, ...place }, `line ${number}: ${event}`);
      if (place.event?.caseSeq !== undefined) order.passOver(place.event.caseSeq);
      chain.interrupt();
      continue;
    }
    tally.events++;
    if (event.read.line.withheld !== undefined) tally.withheld++;
    checkEvent(hasher, event, caseRef, faults);
    const hash = leafHash(hasher, new TextEncoder().encode(event.read.entryText));
    if (order.next(event.entry.caseSeq ?? 0, event.index) === 'in-order') leaves.add(event.index, hash);
    chain.next(event, toHex(hash));
    last = event;
  }
  chain.end();
  const ended: ReturnType<CaseOrder['end']> = order.end();
  const whole = ended === 'whole' && tally.unread === 0 && leaves.count() > 0;
  const { events, withheld } = tally;
  return { leaves, order: whole ? 'whole' : 'broken', events, withheld, ...(last && { last }) };
};

/** The event, or what is wrong with its line. */
const readEvent = (text: string): ReadEvent | string => {
  const read = parseEventLine(text);
  if (read.kind !== 'done') return read.reason.message;
  const entry = checkEntry(read.value.line.entry);
  if (entry.kind !== 'done') return entry.reason.message;
  return { entry: entry.value, index: BigInt(read.value.line.index), read: read.value };
};

const checkEvent = (hasher: Hasher, event: ReadEvent, caseRef: string | undefined, faults: FaultList): void => {
  const { entry, read } = event;
  if (entry.caseRef === undefined || (caseRef !== undefined && entry.caseRef !== caseRef)) {
    faults.add('event-added', placeOf(event), 'it is no event of this case');
  }
  const { opening } = read.line;
  if (opening === undefined) return;
  // The commitment of @tutela/ledger (`commit`), over the text that was read.
  const key = fromHex(opening.key) as Uint8Array;
  const opened = hasher.hmacSha256(key, new TextEncoder().encode(read.payloadText));
  if (toHex(opened) !== entry.commitment) {
    faults.add('opening-wrong', placeOf(event), 'key and payload do not open its commitment');
  }
};

export const placeOf = ({
  entry,
  index,
}: Pick<ReadEvent, 'entry' | 'index'>): { readonly file: string; readonly event: EventPlace } => ({
  file: packagePaths.events,
  event: { ...(entry.caseSeq !== undefined && { caseSeq: entry.caseSeq }), index: String(index) },
});

/** What a line that cannot be read seems to be about. */
const placeIn = (line: string): { readonly event?: EventPlace } => {
  const [, caseSeq] = /"caseSeq":([1-9][0-9]{0,14})[,}]/.exec(line) ?? [];
  const [, index] = /"index":"(0|[1-9][0-9]{0,18})"/.exec(line) ?? [];
  if (caseSeq === undefined && index === undefined) return {};
  return { event: { ...(caseSeq && { caseSeq: Number(caseSeq) }), ...(index && { index }) } };
};

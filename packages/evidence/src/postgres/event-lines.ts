import { canonicalJson, toHex } from '@tutela/core';
import type { CaseEvent } from '@tutela/ledger/postgres';
import { type EventLine, limits } from '../format/index.js';

/** Why an event's payload is not given; `undefined` when it is. */
export type Withhold = (event: CaseEvent) => string | undefined;

const withoutOpening = 'it cannot be read any more: its opening was destroyed, or is sealed under the key of the case';
const tooLong = 'longer than a checker reads';
/** Beside the payload stand the entry (64 KiB at most), key and index. */
const longestPayload = limits.lineBytes - (1 << 17);

/** A line of events.jsonl. The export itself is never withheld: it binds the package to the history. */
export const eventLine = (event: CaseEvent, withhold: Withhold): EventLine => {
  const { index, entry, opening } = event;
  const facts = { index: String(index), entry };
  if (opening === undefined) return { ...facts, withheld: withoutOpening };
  const reason = withhold(event) ?? (isTooLong(event) ? tooLong : undefined);
  if (reason !== undefined) return { ...facts, withheld: reason };
  return { ...facts, opening: { key: toHex(opening.key), payload: opening.payload } };
};

const isTooLong = ({ opening }: CaseEvent): boolean =>
  opening !== undefined && Buffer.byteLength(canonicalJson(opening.payload)) > longestPayload;

import type { LogRecord } from './log-record.js';
import { groupKey, slotKey } from './pairing-key.js';

const eventOrder = { release: 0, interim: 1, snapshot: 2, alloc: 3 } as const;

/** A total order by time and content, the same for every order of the input; in one moment ends come first. */
export const compareRecords = (a: LogRecord, b: LogRecord): number =>
  a.tDevice - b.tDevice ||
  eventOrder[a.event] - eventOrder[b.event] ||
  compareText(groupKey(a), groupKey(b)) ||
  compareText(String(slotKey(a)), String(slotKey(b))) ||
  (a.outside?.portLast ?? 0) - (b.outside?.portLast ?? 0) ||
  compareText(insideText(a), insideText(b));
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const insideText = ({ inside, subscriber }: LogRecord): string =>
  `${inside.ip4}|${inside.ip6?.value}|${inside.ip6?.length}|${inside.vrf}|${inside.tunnel?.value}|${JSON.stringify(subscriber)}`;

import { type Hold, type HoldProcess, nextHold, openSlot } from './hold-process.js';

/** Something that happened on a slot, in the order of time. */
export interface SlotEvent {
  readonly at: number;
  readonly event: 'alloc' | 'interim' | 'release';
  readonly slot: number;
  readonly hold: Hold;
}

/**
 * The events of many slots in the order of time, one at a time. Memory is a few numbers a slot.
 * @param interimMs how often a holding says that it goes on; 0 for never.
 */
export function* slotEvents(process: HoldProcess, slots: number, interimMs: number): Generator<SlotEvent, void, void> {
  const states = Array.from({ length: slots }, (_, index) => openSlot(process, index));
  const holds: (Hold | undefined)[] = states.map((state) => nextHold(process, state));
  /** What comes next on a slot: its allocation, a sign of life, or its release. */
  const stages = new Uint8Array(slots);
  const times = Float64Array.from(holds, (hold) => hold?.start ?? Number.POSITIVE_INFINITY);
  const heap = Uint32Array.from({ length: slots }, (_, index) => index);
  for (let at = (slots >> 1) - 1; at >= 0; at--) sink(heap, times, at);

  while (slots > 0 && times[heap[0]!]! < process.toMs) {
    const slot = heap[0]!;
    const hold = holds[slot]!;
    const at = times[slot]!;
    const event = stages[slot] === 0 ? 'alloc' : at >= hold.end ? 'release' : 'interim';
    if (event === 'release') {
      const next = nextHold(process, states[slot]!);
      holds[slot] = next;
      stages[slot] = 0;
      times[slot] = next?.start ?? Number.POSITIVE_INFINITY;
    } else {
      stages[slot] = 1;
      times[slot] = interimMs === 0 ? hold.end : Math.min(hold.end, at + interimMs);
    }
    sink(heap, times, 0);
    if (at >= process.fromMs) yield { at, event, slot, hold };
  }
}

const sink = (heap: Uint32Array, times: Float64Array, from: number): void => {
  let at = from;
  const moved = heap[at]!;
  const time = times[moved]!;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && times[heap[child + 1]!]! < times[heap[child]!]!) child++;
    if (times[heap[child]!]! >= time) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = moved;
};

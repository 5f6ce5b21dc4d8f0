/**
 * How one port (or block of ports) goes from customer to customer: held for a time, then free for at least the hold-down
 * plus another time. Milliseconds.
 */
export interface HoldProcess {
  readonly seed: number;
  /** How times are distributed around their means: all equal, exponentially, or as the sum of two even ones. */
  readonly holds: 'exponential' | 'equal';
  readonly gaps: 'exponential' | 'triangular';
  /**
   * `own`: each slot's holdings follow one another at their own pace. `in-step`: all slots change hands in the same
   * `meanFreeMs`, once every `meanHoldMs` + `meanFreeMs` + `holdDownMs`, each at its own moment of it; then holdings
   * are equal and gaps triangular.
   */
  readonly turns: 'own' | 'in-step';
  readonly meanHoldMs: number;
  readonly leastHoldMs: number;
  readonly meanFreeMs: number;
  readonly holdDownMs: number;
  /** Customers who share the address, from whom each holder is drawn. */
  readonly customers: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** `customer` counts from 0 within the address. */
export interface Hold {
  readonly start: number;
  readonly end: number;
  readonly customer: number;
}

/** What a slot is: its random state, and when its next holding starts. Small, since there are hundreds of thousands. */
export interface SlotState {
  random: number;
  next: number;
}

const golden = 0x6d2b79f5;

/** mulberry32 as a step from state to state, so that a slot is two numbers. */
const mixed = (state: number): number => {
  let value = Math.imul(state ^ (state >>> 15), state | 1);
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
};

const draw = (slot: SlotState): number => {
  slot.random = (slot.random + golden) >>> 0;
  return mixed(slot.random);
};
const exponential = (slot: SlotState, mean: number): number => -mean * Math.log(1 - draw(slot));
const held = ({ holds, meanHoldMs }: HoldProcess, slot: SlotState): number =>
  holds === 'equal' ? meanHoldMs : exponential(slot, meanHoldMs);
const free = ({ gaps, meanFreeMs }: HoldProcess, slot: SlotState): number =>
  gaps === 'triangular' ? meanFreeMs * (draw(slot) + draw(slot)) : exponential(slot, meanFreeMs);

/** The first holding of a slot is under way when the time begins, as often as the mean times say, or begins with it. */
export const openSlot = (process: HoldProcess, index: number): SlotState => {
  const slot: SlotState = { random: (process.seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0, next: 0 };
  // A few steps apart, neighbouring seeds give unrelated numbers.
  draw(slot);
  draw(slot);
  slot.next =
    process.turns === 'in-step' ? process.fromMs : Math.round(process.fromMs - cycleMs(process) * draw(slot) * 2);
  return slot;
};

const cycleMs = ({ meanHoldMs, meanFreeMs, holdDownMs }: HoldProcess): number => meanHoldMs + meanFreeMs + holdDownMs;

/** The next holding; `undefined` when it would begin after the end. Moves the slot on. */
export const nextHold = (process: HoldProcess, slot: SlotState): Hold | undefined => {
  if (slot.next >= process.toMs) return undefined;
  if (process.turns === 'in-step') return nextTurn(process, slot);
  const start = slot.next;
  const end = Math.round(start + Math.max(process.leastHoldMs, held(process, slot)));
  const customer = Math.floor(draw(slot) * process.customers);
  slot.next = Math.round(end + process.holdDownMs + free(process, slot));
  return { start, end, customer };
};

const nextTurn = (process: HoldProcess, slot: SlotState): Hold => {
  const start = Math.round(slot.next + process.holdDownMs + process.meanFreeMs * draw(slot));
  slot.next += cycleMs(process);
  return {
    start,
    end: start + Math.round(process.meanHoldMs),
    customer: Math.floor(draw(slot) * process.customers),
  };
};

/** All holdings of one slot that reach into the time: the truth about it, at any time again. */
export function* holdsOf(process: HoldProcess, index: number): Generator<Hold, void, void> {
  const slot = openSlot(process, index);
  for (let hold = nextHold(process, slot); hold !== undefined; hold = nextHold(process, slot)) {
    if (hold.end > process.fromMs) yield hold;
  }
}

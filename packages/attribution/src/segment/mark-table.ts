import { canonicalJson } from '@tutela/core';
import { AttributionError } from '../attribution-error.js';
import type { HoldingMark } from './holding.js';

const greatest = 256;

/** Numbers for the marks of a segment, in the order in which they come; at most 256, so that one byte holds one. */
export const openMarkTable = (known: readonly HoldingMark[]) => {
  const marks: HoldingMark[] = [];
  const byText = new Map<string, number>();
  const byObject = new WeakMap<HoldingMark, number>();
  const number = (mark: HoldingMark): number => {
    const seen = byObject.get(mark);
    if (seen !== undefined) return seen;
    const normal = { ...mark, qualifiers: [...new Set(mark.qualifiers)].sort() };
    const text = canonicalJson(normal);
    const place = byText.get(text) ?? marks.push(normal) - 1;
    if (place >= greatest) throw new AttributionError('too-many-marks', `more than ${greatest} kinds of holding`);
    byText.set(text, place);
    byObject.set(mark, place);
    return place;
  };
  for (const mark of known) number(mark);
  return {
    number,
    marks: (): readonly HoldingMark[] => marks,
    /** The marks in an order of their own, and where each number went. */
    sorted: (): { readonly marks: HoldingMark[]; readonly places: Uint8Array } => {
      const order = [...byText.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, place]) => place);
      const places = new Uint8Array(greatest);
      for (const [place, mark] of order.entries()) places[mark] = place;
      return { marks: order.map((mark) => marks[mark]!), places };
    },
  };
};

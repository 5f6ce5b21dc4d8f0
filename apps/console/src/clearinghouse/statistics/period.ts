/** Days in UTC, the second not included. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

export const readPeriod = (search: Record<string, unknown>): Period => {
  const [from, to] = [day(search.from), day(search.to)];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
};

/** The last thirty days, today included. */
export const usualPeriod = (now: Date): Required<Period> => {
  const dayMs = 86_400_000;
  const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return { from: dayAt(now.getTime() - 29 * dayMs), to: dayAt(now.getTime() + dayMs) };
};

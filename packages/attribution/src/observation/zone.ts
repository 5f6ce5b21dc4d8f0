import { Temporal } from '@js-temporal/polyfill';

/** Version of the time zone database that the running Node resolves zones with; part of every answer. */
export const tzVersion: string = process.versions.tz ?? 'unknown';

/** A local time that happened once has an offset in milliseconds; the others are named, never resolved. */
export type LocalOffset = number | 'fold' | 'gap';

export interface Zone {
  /** The IANA name or the numeric offset. */
  readonly name: string;
  /** Offset from UTC in force at a wall-clock time, given as if it were milliseconds UTC. */
  readonly offsetAt: (wallMs: number) => LocalOffset;
}

const numeric = /^([+-])(\d{2}):?(\d{2})$/;
const quarterMs = 900_000;
/** One entry for each quarter of an hour that a log touches: 100,000 are almost three years. */
const cacheLimit = 100_000;
const opened = new Map<string, Zone>();

/**
 * `Z`, a numeric offset, `UTC` or a full zone name with its area (`America/Asuncion`). Abbreviations are not zones:
 * Intl takes `BST` for Dhaka and `IST` for Calcutta.
 */
export const openZone = (name: string): Zone | undefined => {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const zone = fixedZone(name) ?? namedZone(name);
  if (zone !== undefined) opened.set(name, zone);
  return zone;
};

const fixedZone = (name: string): Zone | undefined => {
  if (name === 'Z' || name === 'UTC') return { name: 'UTC', offsetAt: () => 0 };
  const parts = numeric.exec(name);
  if (parts === null) return undefined;
  const hours = Number(parts[2]);
  const minutes = Number(parts[3]);
  if (hours > 14 || minutes > 59) return undefined;
  const offset = (parts[1] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return { name: `${parts[1]}${parts[2]}:${parts[3]}`, offsetAt: () => offset };
};

const namedZone = (name: string): Zone | undefined => {
  if (!/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/.test(name) || !isZone(name)) return undefined;
  const cache = new Map<number, LocalOffset | 'changes'>();
  const offsetAt = (wallMs: number): LocalOffset => {
    const quarter = Math.floor(wallMs / quarterMs);
    let found = cache.get(quarter);
    if (found === undefined) {
      if (cache.size >= cacheLimit) cache.clear();
      const first = resolve(name, quarter * quarterMs);
      const last = resolve(name, quarter * quarterMs + quarterMs - 1);
      found = first === last ? first : 'changes';
      cache.set(quarter, found);
    }
    return found === 'changes' ? resolve(name, wallMs) : found;
  };
  return { name, offsetAt };
};

const isZone = (name: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
};

/** The two readings agree exactly when the wall-clock time happened once (`disambiguation: 'reject'` would throw). */
const resolve = (name: string, wallMs: number): LocalOffset => {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO('UTC').toPlainDateTime();
  const earlier = wall.toZonedDateTime(name, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(name, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return wallMs - earlier.epochMilliseconds;
  return earlier.toPlainDateTime().equals(wall) ? 'fold' : 'gap';
};

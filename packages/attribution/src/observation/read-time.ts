import { done, type Outcome, refused } from '@tutela/core';
import type { ObservedTime, TimeProvenance } from './observation.js';
import { wallClock, wallDate } from './wall-time.js';
import { openZone, tzVersion, type Zone } from './zone.js';

/** What the one who hands in observations states about how their source writes time. */
export interface TimeConvention {
  /** `12` refuses every stamp without AM or PM: such a source once sent the police to the wrong door (§1.9). */
  readonly hours: 12 | 24;
  /** Abbreviation → full zone name or numeric offset, as this one source uses it. */
  readonly abbreviations: Readonly<Record<string, string>>;
}

type TimeReason =
  | 'TIME_MALFORMED'
  | 'TIME_YEAR_MISSING'
  | 'TIME_NO_ZONE'
  | 'TIME_AMBIGUOUS_FOLD'
  | 'TIME_NONEXISTENT'
  | 'TIME_TWELVE_HOUR'
  | 'ZONE_ABBREVIATION'
  | 'ZONE_UNKNOWN';

const stamp =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([AP]M))?(?: ?(Z|[+-]\d{2}:?\d{2}))?(?: ?\[?([A-Za-z][A-Za-z0-9_+/-]*)\]?)?$/;
const yearless = /^(?:\d{1,2}[-/.]\d{1,2}|[A-Z][a-z]{2} {1,2}\d{1,2}),? +\d{1,2}:\d{2}/;

/**
 * A moment from text: `YYYY-MM-DD hh:mm[:ss[.fff]]` with `Z`, a numeric offset, a full zone name, or an abbreviation
 * that the convention explains. What is missing or happened twice is refused, never guessed.
 */
export const readTime = (text: string, convention: TimeConvention): Outcome<ObservedTime, TimeReason> => {
  const parts = stamp.exec(text);
  if (parts === null) {
    return yearless.test(text)
      ? refused('TIME_YEAR_MISSING', 'the year is missing: write YYYY-MM-DD')
      : refused('TIME_MALFORMED', 'a moment is written YYYY-MM-DD hh:mm:ss with a zone');
  }
  const [, year, month, day, hour, minute, second, fraction = '', half, offset, zoneName] = parts;
  const clock = hourOf(Number(hour), half, convention);
  if (clock.kind !== 'done') return clock;
  const date = wallDate(Number(year), Number(month), Number(day));
  const time = wallClock(clock.value, Number(minute), Number(second ?? 0), Number(fraction.padEnd(3, '0').slice(0, 3)));
  if (date === undefined || time === undefined)
    return refused('TIME_MALFORMED', 'no calendar or clock shows this time');
  const placed = place(text, date + time, offset, zoneName, convention);
  if (placed.kind !== 'done') return placed;
  const precisionMs = second === undefined ? 60_000 : Math.max(1, 1000 / 10 ** fraction.length);
  return done({ ...placed.value, precisionMs });
};

const hourOf = (hour: number, half: string | undefined, convention: TimeConvention): Outcome<number, TimeReason> => {
  if (half === undefined) {
    return convention.hours === 12
      ? refused('TIME_TWELVE_HOUR', 'the source counts to twelve and the time says neither AM nor PM')
      : done(hour);
  }
  if (hour < 1 || hour > 12) return refused('TIME_MALFORMED', 'with AM or PM the hour is 1 to 12');
  return done((hour % 12) + (half === 'PM' ? 12 : 0));
};

type Placed = Outcome<Omit<ObservedTime, 'precisionMs'>, TimeReason>;

const place = (
  text: string,
  wallMs: number,
  offset: string | undefined,
  zoneName: string | undefined,
  convention: TimeConvention,
): Placed => {
  const fixed = offset === undefined ? undefined : openZone(offset);
  if (offset !== undefined && fixed === undefined) return refused('ZONE_UNKNOWN', `no zone is ${offset} off UTC`);
  if (zoneName === undefined) {
    if (fixed === undefined)
      return refused('TIME_NO_ZONE', 'the zone is missing: add Z, an offset or a full zone name');
    return atOffset(text, wallMs, fixed, offset === 'Z' ? 'utc' : 'offset');
  }
  const named = namedZone(zoneName, convention);
  if (named.kind !== 'done') return named;
  const { zone, source } = named.value;
  if (fixed === undefined) return atOffset(text, wallMs, zone, source);
  // RFC 9557: an offset beside a zone settles a fold, and must be one that the zone had.
  const instant = wallMs - (fixed.offsetAt(wallMs) as number);
  const inZone = zone.offsetAt(wallMs);
  const agrees = inZone === wallMs - instant || (inZone === 'fold' && agreesInFold(zone, wallMs, instant));
  if (!agrees) return refused('TIME_NONEXISTENT', `${zone.name} was not at ${offset} then`);
  return done({ at: instant, provenance: provenance(text, source, zone) });
};

/** In a fold the two offsets are those in force a day before and a day after. */
const agreesInFold = (zone: Zone, wallMs: number, instant: number): boolean =>
  [-86_400_000, 86_400_000].some((away) => zone.offsetAt(wallMs + away) === wallMs - instant);

const namedZone = (
  name: string,
  convention: TimeConvention,
): Outcome<{ readonly zone: Zone; readonly source: TimeProvenance['source'] }, TimeReason> => {
  const explained = Object.hasOwn(convention.abbreviations, name) ? convention.abbreviations[name] : undefined;
  const zone = openZone(explained ?? name);
  if (zone !== undefined) return done({ zone, source: explained === undefined ? 'zone-name' : 'abbreviation' });
  return name.includes('/')
    ? refused('ZONE_UNKNOWN', `the time zone database ${tzVersion} has no zone of this name`)
    : refused('ZONE_ABBREVIATION', 'an abbreviation names several zones: write an offset or the full zone name');
};

const atOffset = (text: string, wallMs: number, zone: Zone, source: TimeProvenance['source']): Placed => {
  const offset = zone.offsetAt(wallMs);
  if (offset === 'fold') return refused('TIME_AMBIGUOUS_FOLD', `in ${zone.name} this time came twice: add the offset`);
  if (offset === 'gap') return refused('TIME_NONEXISTENT', `in ${zone.name} clocks skipped this time`);
  return done({ at: wallMs - offset, provenance: provenance(text, source, zone) });
};

const provenance = (text: string, source: TimeProvenance['source'], zone: Zone): TimeProvenance => ({
  text,
  source,
  zone: zone.name,
  tzVersion,
});

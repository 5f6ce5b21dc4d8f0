import { wallClock, wallDate } from '../observation/wall-time.js';
import { openZone, type Zone } from '../observation/zone.js';
import type { ReasonCode } from '../reason.js';
import type { TimeSource } from '../record/log-record.js';
import type { LineFault } from './line-reader.js';
import type { SourceDeclaration } from './source-declaration.js';

/**
 * Reads the stamps of one source. One object is reused for millions of lines: after a successful `read` its members
 * hold the result, after a failed one `fault` says why.
 */
export interface DeviceClock {
  /** @returns the index after the stamp, or -1. `zone: 'none'` where a host name may follow the stamp. */
  readonly read: (text: string, from: number, zone: 'may-follow' | 'none') => number;
  /** Milliseconds UTC. */
  at: number;
  precisionMs: number;
  source: TimeSource;
  qualifiers: readonly ReasonCode[];
  fault: LineFault;
}

const months: Readonly<Record<string, number>> = Object.fromEntries(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((name, index) => [name, index + 1]),
);
const none: readonly ReasonCode[] = [];
const yearInferred: readonly ReasonCode[] = ['YEAR_INFERRED'];
const dayMs = 86_400_000;
const furthestZoneMs = 14 * 3_600_000;

interface Fields {
  year: number | undefined;
  month: number;
  day: number;
}

/** The forms are those of §3: BSD, RFC 3339, `YYYY/MM/DD`, `YYYY Mon D`, `Mon D YYYY`, `YYYYMMDDhhmmss`. */
export const deviceClock = (declaration: SourceDeclaration): DeviceClock => {
  const configured = declaration.zone === undefined ? undefined : openZone(declaration.zone);
  const date: Fields = { year: undefined, month: 0, day: 0 };
  const clock: DeviceClock = {
    read,
    at: 0,
    precisionMs: 1000,
    source: 'configured',
    qualifiers: none,
    fault: 'TIME_MALFORMED',
  };
  const fail = (fault: LineFault): -1 => {
    clock.fault = fault;
    return -1;
  };

  function read(text: string, from: number, zone: 'may-follow' | 'none'): number {
    let at = readDate(text, from, date);
    if (at < 0) return fail('TIME_MALFORMED');
    const compact = at - from === 8 && text.charCodeAt(from + 4) !== 45 && text.charCodeAt(from + 4) !== 47;
    const colon = compact ? 0 : 1;
    const hour = digits(text, at, 2);
    const minute = digits(text, at + 2 + colon, 2);
    const second = digits(text, at + 4 + 2 * colon, 2);
    const colons = compact || (text.charCodeAt(at + 2) === 58 && text.charCodeAt(at + 5) === 58);
    if (hour < 0 || minute < 0 || second < 0 || !colons) return fail('TIME_MALFORMED');
    at += 6 + 2 * colon;
    let ms = 0;
    clock.precisionMs = 1000;
    if (text.charCodeAt(at) === 46) {
      const first = at + 1;
      at = first;
      while (isDigit(text.charCodeAt(at))) at++;
      if (at === first) return fail('TIME_MALFORMED');
      ms = Math.floor(Number(text.slice(first, Math.min(at, first + 3)).padEnd(3, '0')));
      clock.precisionMs = Math.max(1, 1000 / 10 ** (at - first));
    }
    const half = halfDay(text, at);
    if (half === undefined && declaration.hours === 12) return fail('TIME_TWELVE_HOUR');
    if (half !== undefined && (hour < 1 || hour > 12)) return fail('TIME_MALFORMED');
    if (half !== undefined) at += 3;
    const time = wallClock(half === undefined ? hour : (hour % 12) + half, minute, second, ms);
    if (time === undefined) return fail('TIME_MALFORMED');
    return settle(text, at, time, zone);
  }

  function settle(text: string, at: number, time: number, zoneMay: 'may-follow' | 'none'): number {
    const code = text.charCodeAt(at);
    let zone = configured;
    let end = at;
    clock.source = 'configured';
    if (code === 90 || code === 43 || code === 45) {
      end = code === 90 ? at + 1 : at + (text.charCodeAt(at + 3) === 58 ? 6 : 5);
      zone = openZone(text.slice(at, end));
      clock.source = 'offset';
      if (zone === undefined) return fail('TIME_MALFORMED');
    } else if (zoneMay === 'may-follow' && code === 32) {
      const nameEnd = zoneEnd(text, at + 1);
      if (nameEnd > at + 1) {
        const found = namedZone(text.slice(at + 1, nameEnd));
        if (found === undefined) return fail('ZONE_ABBREVIATION');
        zone = found;
        clock.source = 'zone-name';
        end = nameEnd;
      }
    }
    if (zone === undefined) return fail('TIME_NO_ZONE');
    return convert(time, zone) ? end : -1;
  }

  const namedZone = (name: string): Zone | undefined =>
    openZone(Object.hasOwn(declaration.abbreviations, name) ? declaration.abbreviations[name]! : name);

  /** Sets `at`; tells whether the wall-clock time names one moment. */
  function convert(time: number, zone: Zone): boolean {
    if (date.year !== undefined) {
      clock.qualifiers = none;
      return convertIn(date.year, time, zone);
    }
    const basis = declaration.year;
    clock.qualifiers = yearInferred;
    if (basis.kind === 'none') return fail('TIME_YEAR_MISSING') !== -1;
    if (basis.kind === 'stated') return convertIn(basis.year, time, zone);
    const closing = new Date(basis.at + dayMs).getUTCFullYear();
    for (const year of [closing, closing - 1]) {
      const midnight = wallDate(year, date.month, date.day);
      // Only what lies after the closing in every zone is of the year before: a fold is not.
      if (midnight === undefined || midnight + time - furthestZoneMs > basis.at + dayMs) continue;
      if (!convertIn(year, time, zone)) return false;
      if (clock.at <= basis.at + dayMs) return true;
    }
    return fail('TIME_MALFORMED') !== -1;
  }

  function convertIn(year: number, time: number, zone: Zone): boolean {
    const midnight = wallDate(year, date.month, date.day);
    if (midnight === undefined) return fail('TIME_MALFORMED') !== -1;
    const offset = zone.offsetAt(midnight + time);
    if (offset === 'fold') return fail('TIME_AMBIGUOUS_FOLD') !== -1;
    if (offset === 'gap') return fail('TIME_NONEXISTENT') !== -1;
    clock.at = midnight + time - offset;
    return true;
  }
  return clock;
};

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** A number of exactly `count` digits; -1 when they are not digits. */
const digits = (text: string, at: number, count: number): number => {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
};

/** @returns where the time of day begins, or -1. */
const readDate = (text: string, from: number, date: Fields): number => {
  if (!isDigit(text.charCodeAt(from))) return monthFirst(text, from, date);
  date.year = digits(text, from, 4);
  const separator = text.charCodeAt(from + 4);
  if (separator === 32) return monthDay(text, from + 5, date);
  const wide = separator === 45 || separator === 47 ? 1 : 0;
  date.month = digits(text, from + 4 + wide, 2);
  date.day = digits(text, from + 6 + 2 * wide, 2);
  if (date.year < 0 || date.month < 0 || date.day < 0) return -1;
  if (wide === 0) return from + 8;
  const between = text.charCodeAt(from + 10);
  return text.charCodeAt(from + 7) === separator && (between === 32 || between === 84) ? from + 11 : -1;
};

/** `Mar  2 18:04:05` and `Mar  2 2026 18:04:05`. */
const monthFirst = (text: string, from: number, date: Fields): number => {
  const at = monthDay(text, from, date);
  date.year = undefined;
  if (at < 0 || text.charCodeAt(at + 4) !== 32) return at;
  const year = digits(text, at, 4);
  if (year < 0) return at;
  date.year = year;
  return at + 5;
};

const monthDay = (text: string, from: number, date: Fields): number => {
  const month = months[text.slice(from, from + 3)];
  if (month === undefined || text.charCodeAt(from + 3) !== 32) return -1;
  let at = from + 4;
  if (text.charCodeAt(at) === 32) at++;
  const two = digits(text, at, 2);
  date.month = month;
  date.day = two >= 0 ? two : digits(text, at, 1);
  at += two >= 0 ? 2 : 1;
  return date.day > 0 && text.charCodeAt(at) === 32 ? at + 1 : -1;
};

/** Hours to add for ` AM` or ` PM` at this place. */
const halfDay = (text: string, at: number): number | undefined => {
  if (text.charCodeAt(at) !== 32 || text.charCodeAt(at + 2) !== 77) return undefined;
  const code = text.charCodeAt(at + 1);
  return code === 65 ? 0 : code === 80 ? 12 : undefined;
};

/** The end of a zone's name or offset: letters, digits, `/`, `_`, `+`, `-`; a name begins with a capital. */
const zoneEnd = (text: string, from: number): number => {
  const first = text.charCodeAt(from);
  if (!((first >= 65 && first <= 90) || first === 43 || first === 45)) return from;
  let at = from + 1;
  while (/[A-Za-z0-9/_+-]/.test(text.charAt(at))) at++;
  return text.charCodeAt(at - 1) === 58 ? at - 1 : at;
};

import { PolicyError } from '../policy-error.js';
import { parseAddress, parseAddressRange } from './address.js';
import type { PolicyObject } from './decision.js';
import type { Exclusion, Limit, Period } from './scope.js';

/** Whether something holds of an object. `unknown`: the object does not state the fact. */
export type Reach = 'yes' | 'no' | 'unknown';
export type Test = (object: PolicyObject) => Reach;

/** The facts of an object that a scope asks for. */
export type Fact = 'sourceId' | 'path' | 'account' | 'address' | 'at' | 'fileClass' | 'terms';

/** Tests of one fact, made once and then used on millions of objects. */
export const oneOf = (fact: 'sourceId' | 'account' | 'fileClass', values: readonly string[]): Test => {
  const among = new Set(values.map((value) => value.normalize('NFC')));
  return (object) => {
    const value = object[fact];
    if (value === undefined) return 'unknown';
    return among.has(value.normalize('NFC')) ? 'yes' : 'no';
  };
};

export const holdsTerm = (values: readonly string[]): Test => {
  const among = new Set(values.map(folded));
  return ({ terms }) => {
    if (terms === undefined) return 'unknown';
    return terms.some((term) => among.has(folded(term))) ? 'yes' : 'no';
  };
};

const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** An address that cannot be read is nobody's. @throws PolicyError `invalid` for a prefix that is none */
export const withinAddresses = (values: readonly string[]): Test => {
  const ranges = values.map((value) => {
    const range = parseAddressRange(value);
    if (range === undefined) throw new PolicyError('invalid', 'an authority names something that is no address');
    return range;
  });
  return (object) => {
    const address = object.address === undefined ? undefined : parseAddress(object.address);
    if (address === undefined) return 'unknown';
    const holds = ranges.some(
      ({ family, first, last }) => family === address.family && first <= address.value && address.value <= last,
    );
    return holds ? 'yes' : 'no';
  };
};

/** To be covered, a window lies within one period; to be excluded, it touches one. */
export const within = (periods: readonly Period[]): Test =>
  inPeriods(periods, (p, from, to) => p.from <= from && to < p.to);
const touching = (periods: readonly Period[]): Test => inPeriods(periods, (p, from, to) => from < p.to && p.from <= to);

const inPeriods =
  (periods: readonly Period[], holds: (period: Period, from: string, last: string) => boolean): Test =>
  ({ at }) => {
    if (at === undefined || (typeof at !== 'string' && at.to < at.from)) return 'unknown';
    const { from, to } = typeof at === 'string' ? { from: at, to: at } : { from: at.from, to: justBefore(at) };
    return periods.some((period) => holds(period, from, to)) ? 'yes' : 'no';
  };

/** The last moment of a window, in the milliseconds that instants have. */
const justBefore = ({ from, to }: Period): string => {
  const last = new Date(Date.parse(to) - 1).toISOString();
  return last < from ? from : last;
};

/**
 * `/` parts the folders; `a` holds `a` and `a/b`, not `ab`; `/` holds everything. Where a file system ignores case, so does
 * an exclusion. Where a path with `..` leads, nobody can tell from the path.
 */
const inFolders = (folders: readonly string[]): Test => {
  const places = folders.map(normalPath);
  const prefixes = places.filter((place) => place !== undefined);
  const otherwise = prefixes.length === places.length ? 'no' : 'unknown';
  return ({ path }) => {
    const place = path === undefined ? undefined : normalPath(path);
    if (place === undefined) return 'unknown';
    return prefixes.some((prefix) => place.startsWith(prefix)) ? 'yes' : otherwise;
  };
};

/** With a `/` after each segment; `undefined` when it climbs. */
const normalPath = (path: string): string | undefined => {
  const segments = pathFold(path)
    .split(/[/\\]/)
    .filter((segment) => segment !== '' && segment !== '.');
  return segments.includes('..') ? undefined : segments.map((segment) => `${segment}/`).join('');
};

/** By way of capitals, since some letters have two small ones. */
const pathFold = (path: string): string => folded(path.normalize('NFC').toUpperCase());

/** An inclusion; `any` holds of everything. */
export const covered = <T>(limit: Limit<T>, test: (values: readonly T[]) => Test): Test | undefined =>
  limit === 'any' ? undefined : test(limit);

interface FactTest {
  readonly fact: Fact;
  readonly test: Test;
}

/** What an exclusion asks for, condition by condition. @throws PolicyError `invalid` when it asks for nothing */
export const conditionsOf = (exclusion: Exclusion): readonly FactTest[] => {
  const { sources, folders, accounts, addresses, periods, fileClasses, keywords } = exclusion;
  const conditions: readonly (FactTest | undefined)[] = [
    sources && { fact: 'sourceId', test: oneOf('sourceId', sources) },
    folders && { fact: 'path', test: inFolders(folders) },
    accounts && { fact: 'account', test: oneOf('account', accounts) },
    addresses && { fact: 'address', test: withinAddresses(addresses) },
    periods && { fact: 'at', test: touching(periods) },
    fileClasses && { fact: 'fileClass', test: oneOf('fileClass', fileClasses) },
    keywords && { fact: 'terms', test: holdsTerm(keywords) },
  ];
  const stated = conditions.filter((condition) => condition !== undefined);
  if (stated.length === 0) throw new PolicyError('invalid', 'an exclusion names nothing that it excludes');
  return stated;
};

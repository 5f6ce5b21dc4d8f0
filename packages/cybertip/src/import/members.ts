import { parseInstant, type UtcInstant } from '@tutela/core';
import type { Notes } from './notes.js';

/** A moment as the document states it, and the one it names; `at` is `null` for text without a zone or without sense. */
export interface StatedMoment {
  readonly stated: string;
  readonly at: UtcInstant | null;
}

/** The members of one object of the document. Absent, `null`, empty and `N/A` are the same: not stated. */
export interface Members {
  readonly path: string;
  /** Numbers count as text: senders differ. */
  readonly text: (name: string) => string | null;
  /** Only `true` and `false` state something: whatever else stands there must open nothing. */
  readonly flag: (name: string) => boolean | null;
  readonly moment: (name: string) => StatedMoment | null;
  /** A whole number, or digits. */
  readonly integer: (name: string, max: number) => number | null;
  readonly record: (name: string) => Members;
  /** A list, plain (`emails: […]`) or wrapped (`emails: {emails: […]}`, under the same or one of the `inner` names). */
  readonly list: <Item>(name: string, read: (item: Members) => Item, inner?: readonly string[]) => readonly Item[];
  /** A text or a list of texts, each by itself or as `{value}`. */
  readonly texts: (name: string) => readonly string[];
  readonly names: () => readonly string[];
  /** What nobody asked for: texts, numbers and flags by name; the others are noted. To be called last. */
  readonly rest: () => Readonly<Record<string, string>>;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const membersOf = (value: unknown, path: string, notes: Notes): Members => {
  const object = isObject(value) ? value : {};
  if (value !== undefined && value !== null && !isObject(value)) notes.add('not-of-its-kind', path);
  const asked = new Set<string>();
  const at = (name: string): string => `${path}.${printableName(name)}`;
  const take = (name: string): unknown => {
    asked.add(name);
    const found = Object.hasOwn(object, name) ? object[name] : undefined;
    return found === '' || found === 'N/A' ? null : (found ?? null);
  };
  const otherwise = (name: string): null => {
    notes.add('not-of-its-kind', at(name));
    return null;
  };
  const text = (name: string): string | null => {
    const found = take(name);
    return found === null ? null : (textOf(found, at(name), notes) ?? otherwise(name));
  };
  const members: Members = {
    path,
    text,
    flag: (name) => {
      const found = take(name);
      return found === null || typeof found === 'boolean' ? found : otherwise(name);
    },
    moment: (name) => {
      const stated = text(name);
      return stated === null ? null : { stated, at: parseInstant(stated) ?? null };
    },
    integer: (name, max) => {
      const found = take(name);
      if (found === null) return null;
      const number = typeof found === 'string' && /^\d{1,15}$/.test(found) ? Number(found) : found;
      return Number.isSafeInteger(number) && Number(number) >= 0 && Number(number) <= max
        ? Number(number)
        : otherwise(name);
    },
    record: (name) => membersOf(take(name), at(name), notes),
    list: (name, read, inner = [name]) =>
      unwrapped(take(name), at(name), inner, notes).map(({ value: item, path: where }) =>
        read(membersOf(item, where, notes)),
      ),
    texts: (name) =>
      unwrapped(take(name), at(name), [name], notes).flatMap(({ value: item, path: where }) => {
        if (!isObject(item)) return textOf(item, where, notes) ?? [];
        const own = membersOf(item, where, notes);
        const [said, others] = [own.text('value'), Object.entries(own.rest())];
        return [...(said === null ? [] : [said]), ...others.map(([other, words]) => `${other}: ${words}`)];
      }),
    names: () => Object.keys(object),
    rest: () => {
      const others = Object.keys(object).filter((name) => !asked.has(name));
      return Object.fromEntries(
        others.flatMap((name) => {
          const found = take(name);
          if (found === null) return [];
          const plain = textOf(found, at(name), notes);
          if (plain === undefined) notes.add('not-read', at(name));
          return plain === undefined ? [] : [[storable(name), plain]];
        }),
      );
    },
  };
  return members;
};

interface Item {
  readonly value: unknown;
  readonly path: string;
}

const unwrapped = (found: unknown, path: string, inner: readonly string[], notes: Notes): readonly Item[] => {
  if (found === null) return [];
  if (Array.isArray(found)) {
    return found.flatMap((value: unknown, at) => {
      notes.count();
      return value === null ? [] : [{ value, path: `${path}[${at}]` }];
    });
  }
  const wrapper = inner.find((name) => isObject(found) && Object.hasOwn(found, name));
  if (wrapper !== undefined) {
    const { [wrapper]: list, ...others } = found as Json;
    for (const name of Object.keys(others)) notes.add('not-read', `${path}.${printableName(name)}`);
    return unwrapped(list ?? null, `${path}.${wrapper}`, [], notes);
  }
  notes.count();
  return [{ value: found, path }];
};

const textOf = (value: unknown, path: string, notes: Notes): string | undefined => {
  if (typeof value === 'boolean') return String(value);
  // JSON.parse has already rounded a longer one: it would be another number.
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
  if (typeof value !== 'string') return undefined;
  const kept = storable(value);
  if (kept !== value) notes.add('altered', path);
  return kept;
};

/** PostgreSQL holds neither U+0000 nor half of a surrogate pair. */
export const storable = (text: string): string => text.replaceAll(/[\0\p{Surrogate}]/gu, '\ufffd');

/** Names in a path are the sender's to choose. */
const printableName = (name: string): string =>
  /^[\w-]{1,60}$/.test(name) ? name : JSON.stringify(storable(name.slice(0, 60)));

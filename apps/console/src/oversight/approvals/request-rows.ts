/** A name and what stands under it, as text. */
export type Row = readonly [name: string, value: string];

/** Every member on a row of its own, under its whole name. */
const rowsOf = (name: string, value: unknown): readonly Row[] => {
  if (value === null || typeof value !== 'object') return [[name, String(value)]];
  const members = Object.entries(value);
  if (members.length === 0) return [[name, '—']];
  return members.flatMap(([member, inner]) => rowsOf(name === '' ? member : `${name} · ${member}`, inner));
};

/** `documentSha256` as people write it: `document sha256`. */
const phrase = (name: string): string =>
  name.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);

/**
 * All of a request and nothing besides, since all of it is signed: what it is about first, what programs need last
 * (test: "every value of a request stands in its rows").
 */
export const rowsInWords = (document: string): readonly Row[] => {
  const { content, ...rest } = JSON.parse(document) as Readonly<Record<string, unknown>>;
  return [...rowsOf('', content), ...rowsOf('', rest)].map(([name, value]) => [phrase(name), value]);
};

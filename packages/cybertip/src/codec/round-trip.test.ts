import { readFileSync } from 'node:fs';
import type { UtcInstant } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryOf, type Dialect, pathsOf } from '../schema/arbitrary.test-support.js';
import { fileDetails, report, reportDoneResponse, reportResponse } from '../schema/documents.js';
import { type Element, type Mode, type Scalar, schemaVersions, type Type } from '../schema/notation.js';
import { parseXml } from '../xml/parse.js';
import { serialise } from '../xml/serialise.js';
import type { XmlElement } from '../xml/tree.js';
import { decode } from './decode.js';
import { elementsOf, encode, isComplex } from './encode.js';

const now = '2027-01-01T00:00:00.000Z' as UtcInstant;
const documents = [report, fileDetails, reportResponse, reportDoneResponse] as const;
const dialects: readonly Dialect[] = schemaVersions.flatMap((version) =>
  (['strict-xsd', 'docs'] as const satisfies readonly Mode[]).map((mode) => ({ version, mode })),
);
const runs = process.env.TUTELA_LONG === '1' ? 2000 : 40;

const reread = (tree: XmlElement): XmlElement => {
  const parsed = parseXml(new TextEncoder().encode(serialise(tree)));
  if (parsed.kind !== 'done') throw new Error(parsed.reason.message);
  return parsed.value;
};

describe.each(dialects)('in version $version, mode $mode,', (dialect) => {
  test.each(documents)('a written $name reads back equal, without a finding', (element) => {
    fc.assert(
      fc.property(arbitraryOf<Type>(element.type, dialect), (value) => {
        const read = decode<Element>(element, reread(encode<Element>(element, value as never)), { ...dialect, now });
        expect(read.findings).toEqual([]);
        expect(read.value).toEqual(value);
      }),
      { numRuns: runs },
    );
  });
});

test('the same value is always the same text, whatever the order of its members', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, it]) => [name, reversed(it)]),
    );
  };
  fc.assert(
    fc.property(arbitraryOf<Type>(report.type, { mode: 'docs', version: '2026-09' }), (value) => {
      const write = (it: unknown) => serialise(encode<Element>(report, it as never));
      expect(write(reversed(value))).toBe(write(value));
    }),
    { numRuns: runs },
  );
});

/** Every element, reached on one path; `leaf` makes the scalars. */
const sampleOf = (type: Type, leaf: (type: Scalar) => unknown, chosen: ReadonlySet<string>, path = ''): unknown => {
  if (!isComplex(type)) return leaf(type);
  const attributes = Object.fromEntries(
    Object.entries(type.attributes)
      .filter(([, it]) => it.only === undefined)
      .map(([name, it]) => [name, leaf(it.type)]),
  );
  if (type.kind === 'simple') return { value: leaf(type.value), ...attributes };
  const alternatives = type.kind === 'choice' ? [elementsOf(type.particles)] : [];
  for (const particle of type.kind === 'choice' ? [] : type.particles) {
    alternatives.push('either' in particle ? particle.either : [particle]);
  }
  const members = alternatives.map((elements) => {
    const element = elements.find((it) => chosen.has(`${path}/${it.name}`)) ?? elements[0];
    if (element === undefined) throw new Error('no alternative');
    const value = sampleOf(element.type, leaf, chosen, `${path}/${element.name}`);
    return [element.name, element.occurs === '*' || element.occurs === '+' ? [value] : value];
  });
  return { ...Object.fromEntries(members), ...attributes };
};

const plain: Readonly<Record<Scalar['kind'], unknown>> = {
  text: 'x',
  boolean: true,
  flag: true,
  decimal: -25.2637,
  integer: 7,
  date: '2010-05-31',
  dateTime: '2026-03-01T10:15:00Z',
  reportNumber: '1001',
  fileId: '0123456789abcdef0123456789abcdef',
  enumeration: '',
};
const leafOf = (type: Scalar): unknown => (type.kind === 'enumeration' ? type.values.at(-1) : plain[type.kind]);
const namesIn = (tree: XmlElement, path = tree.name): readonly string[] => [
  path,
  ...tree.children.flatMap((child) => namesIn(child, `${path}/${child.name}`)),
];
const strict = { mode: 'strict-xsd', version: '2026-09', now } as const;

/** One sample for each alternative, so that together they hold every element. */
const samplesOf = (element: Element): readonly XmlElement[] => {
  const variants = pathsOf(element).map((path) => path.slice(element.name.length));
  const seen = new Map<string, XmlElement>();
  for (const variant of variants) {
    const chosen = new Set(variant.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/')));
    const tree = encode<Element>(element, sampleOf(element.type, leafOf, chosen) as never);
    seen.set(serialise(tree), tree);
  }
  return [...seen.values()];
};

test.each(documents)('every element of $name is written and read', (element) => {
  const samples = samplesOf(element);
  const written = new Set(samples.flatMap((tree) => namesIn(tree)));
  expect([...written].toSorted()).toEqual([...new Set(pathsOf(element))].toSorted());
  for (const tree of samples) {
    expect(decode<Element>(element, reread(tree), strict).findings.filter(({ layer }) => layer === 'schema')).toEqual(
      [],
    );
  }
});

test.each(documents)('every value of every enumeration in $name is written and read', (element) => {
  const longest = 258;
  for (let at = 0; at < longest; at++) {
    const leaf = (type: Scalar) => (type.kind === 'enumeration' ? type.values[at % type.values.length] : leafOf(type));
    const value = sampleOf(element.type, leaf, new Set());
    const read = decode<Element>(element, reread(encode<Element>(element, value as never)), strict);
    expect(read.value).toEqual(value);
  }
});

test.each([report, fileDetails])('any two children of $name out of order are refused with their path', (element) => {
  for (const tree of samplesOf(element)) {
    for (const { swapped, path, names } of swaps(tree, element.type)) {
      const { findings, value } = decode<Element>(element, swapped, strict);
      expect(value).toBeUndefined();
      const named = findings.map((finding) => finding.path.replace(/\[\d+\]/g, ''));
      expect(
        names.some((name) => named.includes(`${path}/${name}`)),
        `${path}: ${names.join()}`,
      ).toBe(true);
    }
  }
});

interface Swap {
  readonly swapped: XmlElement;
  readonly path: string;
  readonly names: readonly string[];
}

/** The tree with two neighbours of an ordered group exchanged, for every pair in it. */
function* swaps(tree: XmlElement, type: Type, path = `/${tree.name}`): Generator<Swap> {
  if (!isComplex(type) || type.kind === 'simple') return;
  for (const [at, child] of tree.children.entries()) {
    const next = tree.children[at + 1];
    if (type.kind === 'sequence' && next !== undefined && next.name !== child.name) {
      yield {
        swapped: { ...tree, children: tree.children.with(at, next).with(at + 1, child) },
        path,
        names: [child.name, next.name],
      };
    }
    const element = elementsOf(type.particles).find((it) => it.name === child.name);
    for (const inner of element === undefined ? [] : swaps(child, element.type, `${path}/${child.name}`)) {
      yield { ...inner, swapped: { ...tree, children: tree.children.with(at, inner.swapped) } };
    }
  }
}

const reference = new URL('../../../../../shared/reference/protocols.md', import.meta.url);
const section = ((): string | undefined => {
  try {
    return /### 1\.7[^\n]*\n([\s\S]*?)\n### 1\.8/.exec(readFileSync(reference, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
})();

describe.skipIf(section === undefined)('against the reference (skipped: ../shared is missing)', () => {
  const groups = [
    'report',
    'incidentSummary',
    'lawEnforcement',
    'reporter',
    'personOrUserReported',
    'intendedRecipient',
    'victim',
  ];

  test.each([...groups, 'associatedAccount', 'fileDetails'])('%s has its elements in the order of §1.7', (name) => {
    const line = section?.split('\n').find((it) => it.startsWith(`**${name}**`)) ?? '';
    const expected = line
      .replace(/^\*\*\w+\*\*( \([^)]*\))?: /, '')
      .split(/→|\*\*or\*\*/)
      .map((place) => /`([a-zA-Z]+)`([?*+]?)/.exec(place)?.slice(1).join(''));
    expect(expected.length).toBeGreaterThan(3);
    expect(orderOf(find(name))).toEqual(expected);
  });

  const find = (name: string): Type => {
    const search = (element: Element): Type | undefined => {
      if (element.name === name) return element.type;
      if (!isComplex(element.type) || element.type.kind === 'simple') return undefined;
      return elementsOf(element.type.particles)
        .map(search)
        .find((it) => it !== undefined);
    };
    const found = search(report) ?? search(fileDetails);
    if (found === undefined) throw new Error(name);
    return found;
  };
  const orderOf = (type: Type): readonly string[] =>
    isComplex(type) && type.kind !== 'simple'
      ? elementsOf(type.particles).map(({ name, occurs }) => `${name}${occurs === '1' ? '' : occurs}`)
      : [];
});

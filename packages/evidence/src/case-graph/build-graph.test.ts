import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson, type JsonObject } from '@tutela/core';
import jsonld from 'jsonld';
import { DataFactory, Parser, Store } from 'n3';
import ShaclValidator from 'rdf-validate-shacl';
import { beforeAll, describe, expect, test } from 'vitest';
import { instant, minimalCase, richCase } from '../material/sample-case.test-support.js';
import { buildCaseGraph } from './build-graph.js';

// CASE 1.4.0 and UCO 1.4.0 (Apache-2.0) as their repositories have them.
const ontologies = fileURLToPath(new URL('../../test-data/case-1.4.0/', import.meta.url));
const namedNode = (iri: string) => DataFactory.namedNode(iri);

const facts = {
  package: 'package-1',
  createdAt: instant('2026-03-20T10:00:00Z'),
  software: { name: 'tutela', version: '0.1.0' },
  requestedBy: 'staff-3',
};

let ontology: Store;
let shapes: Store;
beforeAll(() => {
  ontology = new Store();
  for (const folder of ['case', 'uco']) {
    for (const name of readdirSync(`${ontologies}${folder}`)) {
      ontology.addQuads(new Parser().parse(readFileSync(`${ontologies}${folder}/${name}`, 'utf8')));
    }
  }
  // The validator has no SPARQL: what those thirteen constraints ask is tested below in words of our own.
  const without = new Set(['http://www.w3.org/ns/shacl#sparql', 'http://www.w3.org/2002/07/owl#imports']);
  shapes = new Store([...ontology].filter(({ predicate }) => !without.has(predicate.value)));
});

const triplesOf = async (graph: JsonObject): Promise<Store> => {
  const nquads = (await jsonld.toRDF(graph as object, {
    format: 'application/n-quads',
    documentLoader: (url) => Promise.reject(new Error(`${url} was asked for`)),
  })) as unknown as string;
  return new Store(new Parser({ format: 'application/n-quads' }).parse(nquads));
};

/** What the shapes of CASE and UCO find wrong, of any severity. */
const findings = async (...graphs: readonly JsonObject[]): Promise<readonly string[]> => {
  const data = new Store((await Promise.all(graphs.map(triplesOf))).flatMap((store) => [...store]));
  expect(data.size).toBeGreaterThan(20);
  // The validator looks for subclasses in the data.
  const report = await new ShaclValidator(shapes).validate(new Store([...ontology, ...data]));
  return report.results
    .filter(({ focusNode }) => focusNode?.value.startsWith('urn:uuid:'))
    .map(({ focusNode, path, message }) => `${focusNode?.value} ${path?.value} ${message[0]?.value}`);
};

describe('the graph of a case', () => {
  test('with everything, or with next to nothing, conforms to the shapes of CASE 1.4.0', {
    timeout: 60_000,
  }, async () => {
    const graphs = [
      buildCaseGraph(await richCase(), facts),
      buildCaseGraph(minimalCase(), { ...facts, package: 'package-2' }),
    ];
    expect(await findings(...graphs)).toEqual([]);
  });

  test('with a digest that is no hexadecimal does not conform', { timeout: 60_000 }, async () => {
    const material = minimalCase();
    const items = material.items.map((item) => ({ ...item, digests: { sha256: 'not hexadecimal' } }));
    const found = await findings(buildCaseGraph({ ...material, items }, facts));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('hashValue');
  });

  const judge = process.env.TUTELA_CASE_VALIDATE;
  test.skipIf(judge === undefined)(
    'is valid to case_validate (skipped: TUTELA_CASE_VALIDATE does not name it)',
    {
      timeout: 120_000,
    },
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'tutela-graph-'));
      const file = path.join(folder, 'case.jsonld');
      const validate = (text: string) => {
        writeFileSync(file, text);
        const { stdout } = spawnSync(judge as string, ['--built-version', 'case-1.4.0', file], { encoding: 'utf8' });
        return stdout;
      };
      const text = JSON.stringify(buildCaseGraph(await richCase(), facts));
      expect(validate(text)).toContain('Conforms: True');
      expect(validate(text.replace(/("xsd:hexBinary","@value":")[0-9a-f]/, '$1z'))).toContain('Conforms: False');
      rmSync(folder, { recursive: true });
    },
  );

  test('names nothing that is not there, has no blank nodes, and no facet of two things', async () => {
    const data = await triplesOf(buildCaseGraph(await richCase(), facts));
    const subjects = new Set(data.getSubjects(null, null, null).map(({ value }) => value));
    for (const { subject, predicate, object } of data) {
      expect(subject.value).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      if (object.termType === 'NamedNode' && !predicate.value.endsWith('#type'))
        expect(subjects).toContain(object.value);
      expect(object.termType).not.toBe('BlankNode');
    }
    const hasFacet = namedNode('https://ontology.unifiedcyberontology.org/uco/core/hasFacet');
    const facets = data.getObjects(null, hasFacet, null).map(({ value }) => value);
    expect(new Set(facets).size).toBe(data.getQuads(null, hasFacet, null, null).length);
  });

  test('is the same text each time, and another for another package', async () => {
    const text = async (more = {}) => canonicalJson(buildCaseGraph(await richCase(), { ...facts, ...more }));
    expect(await text()).toBe(await text());
    expect(await text({ package: 'package-2' })).not.toBe(await text());
  });

  test('names people by their pseudonyms alone', async () => {
    const text = JSON.stringify(buildCaseGraph(await richCase(), facts));
    expect(text).toContain('"uco-core:name":"suspect-1"');
    expect(text).not.toMatch(/Person"|PersonFacet|SimpleNameFacet/);
  });
});

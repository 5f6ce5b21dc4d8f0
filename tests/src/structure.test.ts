import { describe, expect, test } from 'vitest';
import { exists, readJson, sources, type Workspace, workspaces } from './house.js';

const house = workspaces();
const files = sources();
const byName = new Map(house.map((workspace) => [workspace.name, workspace]));
const byFolder = new Map(house.map((workspace) => [workspace.folder, workspace]));

/** Ours among what a workspace depends on, by its package.json and by its tsconfig. */
const uses = (workspace: Workspace): readonly Workspace[] => [
  ...workspace.dependencies.flatMap((name) => byName.get(name) ?? []),
  ...workspace.references.flatMap((folder) => byFolder.get(folder) ?? []),
];

/** What a workspace may use: what stands below it. */
const below: Readonly<Record<string, readonly string[]>> = {
  tests: ['apps', 'desks', 'packages', 'core', 'testkit'],
  apps: ['desks', 'packages', 'core', 'testkit'],
  desks: ['packages', 'core', 'testkit'],
  testkit: ['packages', 'core'],
  packages: ['packages', 'core', 'testkit'],
  core: [],
};
const floorOf = ({ folder }: Workspace): string =>
  folder === 'packages/core' ? 'core' : (folder.split('/')[0] ?? folder);

describe('the house', () => {
  test('imports point downwards, and no desk knows another', () => {
    const upwards = house.flatMap((workspace) =>
      uses(workspace)
        .filter((used) => !below[floorOf(workspace)]?.includes(floorOf(used)))
        .map((used) => `${workspace.folder} uses ${used.folder}`),
    );
    expect(upwards).toEqual([]);
  });

  test('what a package.json names, its tsconfig refers to, and the other way round', () => {
    const differing = house.flatMap((workspace) => {
      const named = workspace.dependencies.flatMap((name) => byName.get(name)?.folder ?? []).sort();
      const referred = [...workspace.references].sort();
      return named.join() === referred.join() ? [] : [{ folder: workspace.folder, named, referred }];
    });
    expect(differing).toEqual([]);
  });

  test('every workspace is built by the root tsconfig', () => {
    const { references } = readJson<{ references: { path: string }[] }>('tsconfig.json');
    expect(references.map((reference) => reference.path).sort()).toEqual(house.map(({ folder }) => folder).sort());
  });

  test('a source imports only what its package.json names', () => {
    const undeclared = files.flatMap(({ file, text }) => {
      const workspace = house.find(({ folder }) => file.startsWith(`${folder}/`));
      const imported = [...text.matchAll(/(?:from|import\()\s*'(@tutela\/[a-z-]+)/g)].map(([, name = '']) => name);
      return imported
        .filter((name) => name !== workspace?.name && !workspace?.dependencies.includes(name))
        .map((name) => `${file} imports ${name}`);
    });
    expect(undeclared).toEqual([]);
  });

  test('the ledger but for its PostgreSQL part knows nothing of ours but core', () => {
    const known = files
      .filter(({ file }) => /^packages\/ledger\/src\/(?!postgres\/)/.test(file) && !/\.test(-support)?\.ts$/.test(file))
      .flatMap(({ text }) => [...text.matchAll(/from\s+'(@tutela\/[^']+|node:[^']+|\.\/postgres\/[^']*)'/g)])
      .map(([, name]) => name);
    expect(known.filter((name) => name !== '@tutela/core' && name !== 'node:crypto')).toEqual([]);
  });

  test('what reads time-stamps runs in a browser, and nothing else of the ledger but its PostgreSQL part brings ASN.1', () => {
    const written = files.filter(
      ({ file }) => file.startsWith('packages/ledger/src/') && !/\.test(-support)?\.ts$/.test(file),
    );
    const importsOf = (part: RegExp, imported: RegExp) =>
      written.filter(({ file }) => part.test(file)).flatMap(({ text }) => text.match(imported) ?? []);
    expect(importsOf(/src\/time\//, /from '(node:|\.\.\/node-|\.\.\/postgres)[^']*'/g)).toEqual([]);
    expect(importsOf(/src\/(?!time\/|postgres\/)/, /from '(pkijs|asn1js|[./]*\/time\/[^']*)'/g)).toEqual([]);
  });

  test('the policy but for its PostgreSQL part needs no Node, and the check of approvals nothing but core', () => {
    const known = (part: RegExp) =>
      files
        .filter(({ file }) => part.test(file) && !/\.test(-support)?\.ts$/.test(file))
        .flatMap(({ text }) => [...text.matchAll(/from\s+'([^'.][^']*|[./]*postgres\/[^']*)'/g)])
        .map(([, name = '']) => name);
    const pure = known(/^packages\/policy\/src\/(?!postgres\/)/);
    expect(pure.filter((name) => !['@tutela/core', 'zod'].includes(name))).toEqual([]);
    expect(known(/^packages\/policy\/src\/approval\//).filter((name) => name !== '@tutela/core')).toEqual([]);
  });

  test('no source file has more than 400 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 401).map(({ file }) => file);
    expect(long).toEqual([]);
  });

  test('a comment that names a test names one that exists', () => {
    const titles = new Set(files.flatMap(({ text }) => titlesIn(text)));
    const dangling = files.flatMap(({ file, text }) =>
      namedTestsIn(text)
        .filter((name) => !titles.has(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(dangling).toEqual([]);
  });

  test('the glossary is there', () => {
    expect(exists('docs/glossary.md')).toBe(true);
  });
});

describe('the lock file', () => {
  interface LockEntry {
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const { packages } = readJson<{ packages: Readonly<Record<string, LockEntry>> }>('package-lock.json');

  /** As Node finds it: in the package's own node_modules, then in each one further up. */
  const isFound = (from: string, name: string): boolean => {
    const inside = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    if (packages[inside] !== undefined) return true;
    return from !== '' && isFound(from.includes('/') ? from.slice(0, from.lastIndexOf('/')) : '', name);
  };

  test('every optional dependency has its package, so that npm ci works on every platform', () => {
    const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isFound(at, name))
        .map((name) => `${at} → ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

/** `(test: "…")` in comments, which may run over lines. */
function namedTestsIn(text: string): readonly string[] {
  const flat = text.replaceAll(/\n\s*(?:\*|\/\/|--)?[ \t]*/g, ' ');
  return [...flat.matchAll(/\(?test: "([^"…]+)"\)/g)].map(([, name = '']) => name);
}

function titlesIn(text: string): readonly string[] {
  const calls = /\b(?:test|it)(?:\.\w+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?)*\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
  return [...text.matchAll(calls)].map(([, , title = '']) => title.replaceAll(/\\(.)/g, '$1'));
}

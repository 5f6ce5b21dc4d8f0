import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository as the structure tests read it. Paths are relative to its root, with `/`. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A folder of the house with a package.json of its own. */
export interface Workspace {
  readonly folder: string;
  readonly name: string;
  /** Names of the packages it depends on, its tests included. */
  readonly dependencies: readonly string[];
  /** Folders its tsconfig refers to. */
  readonly references: readonly string[];
}

export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
interface TsConfig {
  readonly references?: readonly { readonly path: string }[];
}

export const readJson = <T>(file: string): T => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as T;

export const exists = (file: string): boolean => existsSync(path.join(root, file));

/** The workspaces that package.json names, in its order. */
export const workspaces = (): readonly Workspace[] =>
  (readJson<Manifest>('package.json').workspaces ?? []).flatMap(foldersOf).map((folder) => {
    const { name, dependencies = {}, devDependencies = {} } = readJson<Manifest>(`${folder}/package.json`);
    const { references = [] } = readJson<TsConfig>(`${folder}/tsconfig.json`);
    return {
      folder,
      name,
      dependencies: Object.keys({ ...dependencies, ...devDependencies }),
      references: references.map((reference) => path.posix.join(folder, reference.path)),
    };
  });

const foldersOf = (pattern: string): readonly string[] => {
  if (!pattern.endsWith('/*')) return [pattern];
  const above = pattern.slice(0, -2);
  return readdirSync(path.join(root, above))
    .map((name) => `${above}/${name}`)
    .filter((folder) => exists(`${folder}/package.json`));
};

/** What people wrote: TypeScript, AssemblyScript, SQL and the console's files; not what was built from it. */
export const sources = (): readonly SourceFile[] =>
  workspaces()
    .flatMap(({ folder }) => ['src', 'kernel', 'migrations'].map((name) => `${folder}/${name}`))
    .filter(exists)
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(ts|js|sql|css|html)$/.test(entry.name))
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')),
    )
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

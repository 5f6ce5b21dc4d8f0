// Builds the console's pages into apps/console/dist/web, when something they are made of changed.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** @param root of the repository */
export const buildConsole = async (root) => {
  const console = path.join(root, 'apps', 'console');
  const web = path.join(console, 'dist', 'web');
  const made = path.join(web, 'index.html');
  const parts = ['index.html', 'vite.config.js', 'package.json'].map((name) => path.join(console, name));
  const sources = [
    ...parts,
    path.join(root, 'package-lock.json'),
    ...under(path.join(console, 'src')),
    ...under(path.join(console, 'public')),
    ...under(path.join(root, 'packages', 'language', 'src')),
  ];
  if (existsSync(made) && sources.every((file) => statSync(file).mtimeMs <= statSync(made).mtimeMs)) return;
  const { build } = await import('vite');
  // Built beside and put in place at the end: a node that starts meanwhile finds the old pages whole.
  const beside = path.join(console, 'dist', `web-${process.pid}`);
  mkdirSync(beside, { recursive: true });
  await build({ configFile: path.join(console, 'vite.config.js'), build: { outDir: beside } });
  rmSync(web, { recursive: true, force: true });
  renameSync(beside, web);
};

const under = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const web = fileURLToPath(new URL('../../../apps/console/dist/web/', import.meta.url));

/** What a page and its scripts ask for at once: files named in the page or by static imports, with what those name. */
const closure = (first: readonly string[]): ReadonlySet<string> => {
  const found = new Set<string>();
  const waiting = [...first];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const text = readFileSync(path.join(web, 'assets', name), 'utf8');
    for (const [, imported = ''] of text.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) waiting.push(imported);
  }
  return found;
};

export interface FirstLoad {
  /** The screen's own chunk. */
  readonly screen: string;
  /** Bytes of all files together, each compressed. */
  readonly gzip: number;
}

/** What it takes to open each screen with nothing kept: the page, its scripts and styles, one language. */
export const firstLoads = (): readonly FirstLoad[] => {
  const page = readFileSync(path.join(web, 'index.html'), 'utf8');
  const named = [...page.matchAll(/\/assets\/([^"]+)"/g)].map(([, name = '']) => name);
  const everything = readFileSync(path.join(web, 'assets', named.find((name) => name.endsWith('.js')) ?? ''), 'utf8');
  const chunks = [...new Set([...everything.matchAll(/\.\/([\w-]+\.js)/g)].map(([, name = '']) => name))];
  const languages = chunks.filter((name) => /^(en|es|pt-br)-/.test(name));
  const screens = chunks.filter((name) => /-screen-/.test(name));
  const size = (name: string): number => gzipSync(readFileSync(path.join(web, 'assets', name))).length;
  const largest = languages.toSorted((one, other) => size(other) - size(one)).slice(0, 1);
  return screens.map((screen) => ({
    screen: screen.replace(/-screen-.*/, ''),
    gzip: [...closure([...named, ...largest, screen])].reduce((sum, name) => sum + size(name), 0),
  }));
};

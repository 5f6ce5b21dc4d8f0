// Builds everything: the WebAssembly kernels, TypeScript, the verifier in one file, the console. Unchanged parts cost nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { bundleVerifier } from './bundle-verifier.mjs';
import { removeStale } from './stale.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const run = (module, args, cwd) => {
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', module), ...args], {
    cwd,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
};

const newest = (folder) => Math.max(...readdirSync(folder).map((name) => statSync(path.join(folder, name)).mtimeMs));

const buildKernel = (folder) => {
  const wasm = path.join(folder, 'dist', 'kernel.wasm');
  const kernel = path.join(folder, 'kernel');
  if (existsSync(wasm) && statSync(wasm).mtimeMs > newest(kernel)) return;
  mkdirSync(path.dirname(wasm), { recursive: true });
  run('assemblyscript/bin/asc.js', ['kernel/index.ts', '--config', 'kernel/asconfig.json', '--outFile', wasm], folder);
};

const packages = path.join(root, 'packages');
for (const name of readdirSync(packages)) {
  const folder = path.join(packages, name);
  if (existsSync(path.join(folder, 'kernel', 'asconfig.json'))) buildKernel(folder);
}
run('typescript/bin/tsc', ['-b'], root);
const { references } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8'));
for (const reference of references) removeStale(path.join(root, reference.path));
await bundleVerifier(root);
await buildConsole(root);

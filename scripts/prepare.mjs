// What `npm start` and `npm test` do first: install once per lock file, build once per change.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamps = path.join(root, 'node_modules', '.tutela');
const installed = path.join(stamps, 'installed');
const built = path.join(stamps, 'built');

export const say = (line) => process.stderr.write(`tutela: ${line}\n`);

/** Whole milliseconds, as `utimes` writes them. */
const modified = (file) => Math.floor(statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);

export const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`this is Node ${process.versions.node}; Tutela needs Node 20.19 or newer.`);
  say('Install a newer one (https://nodejs.org) and run the command again.');
  process.exit(1);
};

/** Runs a program in this terminal; the exit status, 130 where the person stopped it. */
export const run = (program, args, environment = {}) => {
  const { status, signal, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    // On Windows npm is a script, which only a shell can start.
    shell: process.platform === 'win32' && program.endsWith('.cmd'),
  });
  if (error !== undefined) say(`${program} could not be started: ${error.message}`);
  return status ?? (signal === 'SIGINT' ? 130 : 1);
};

/** Runs npm: the one that runs us, where one does. */
export const npm = (args, environment) => {
  const running = process.env.npm_execpath;
  if (running !== undefined && path.basename(running).startsWith('npm')) {
    return run(process.execPath, [running, ...args], environment);
  }
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, environment);
};

export const install = () => {
  const lock = path.join(root, 'package-lock.json');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const found = existsSync(installed) ? readFileSync(installed, 'utf8') : '';
  if (found === wanted) return;
  // npm writes this file last: newer than the lock file, it tells of somebody's own `npm install`.
  if (modified(path.join(root, 'node_modules', '.package-lock.json')) < modified(lock)) {
    say('installing what package-lock.json names …');
    const began = Date.now();
    // No package needs its install script here, and npm 12 would not run it (infrastructure.md §1.3).
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
    const status = withNpmHome((environment) => npm(['ci', ...options], environment));
    if (status !== 0) {
      say('npm ci failed (see above); the first start needs the npm registry.');
      process.exit(status);
    }
    say(`installed in ${seconds(began)}`);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(installed, wanted);
};

/** Without a home npm would look for its cache at the root of the disk. */
const withNpmHome = (act) => {
  if (process.env.HOME !== '') return act({});
  const cache = mkdtempSync(path.join(tmpdir(), 'tutela-npm-'));
  try {
    return act({ npm_config_cache: cache });
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
};

export const build = () => {
  const began = Date.now();
  if (everyPartIsBuilt() && newestSource() <= modified(built)) return;
  say('building …');
  const status = run(process.execPath, [path.join(root, 'scripts', 'build.mjs')]);
  if (status !== 0) process.exit(status);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(built, '');
  // What was saved while the build ran may not be in it.
  utimesSync(built, new Date(began), new Date(began));
  say(`built in ${seconds(began)}`);
};

const seconds = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;

const parts = () => {
  const within = (folder) => readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name));
  const folders = [
    ...['packages', 'desks', 'apps'].flatMap(within),
    path.join(root, 'testkit'),
    path.join(root, 'tests'),
  ];
  return folders.filter((folder) => existsSync(path.join(folder, 'tsconfig.json')));
};

const everyPartIsBuilt = () => parts().every((part) => existsSync(path.join(part, 'dist', '.tsbuildinfo')));

/** Folders count too: a file that was removed or renamed changes only its folder. */
const newestBelow = (entry) => {
  const found = statSync(entry, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  const own = Math.floor(found.mtimeMs);
  if (!found.isDirectory()) return own;
  return Math.max(own, ...readdirSync(entry).map((name) => newestBelow(path.join(entry, name))));
};

const newestSource = () => {
  const inside = ['src', 'kernel', 'package.json', 'tsconfig.json'];
  const ours = parts().flatMap((part) => inside.map((name) => path.join(part, name)));
  const shared = ['tsconfig.json', 'tsconfig.base.json', 'scripts/build.mjs'].map((name) => path.join(root, name));
  return Math.max(...[...ours, ...shared, installed].map(newestBelow));
};

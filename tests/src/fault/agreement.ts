/**
 * `npm run agreement [-- COUNT [PACKAGE TRUST-FILE]]`: the same good and damaged packages before our verifier (as the program that packages bring),
 * the one in Python, `bagit.py`, `sha512sum -c` and `openssl ts -verify`. Prints who accepts what, and each way in which they
 * differ. A tool that is not there is left out by name.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HeldPackage } from './damage/held-package.js';
import { strikes } from './damage/run-damages.js';
import { readSample, samplePaths } from './damage/sample.js';

const [count = '212', packagePath = samplePaths.package, trustPath = samplePaths.trust] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const peer = path.join(root, 'tests/peers/verify_package.py');
const standalone = path.join(root, 'packages/evidence/dist/standalone/verify.mjs');

type Answer = 'accepts' | 'refuses';

interface Judge {
  readonly name: string;
  readonly judge: (folder: string) => Answer;
}

const runs = (command: string, args: readonly string[], cwd: string): Answer =>
  spawnSync(command, args, { cwd, stdio: 'ignore' }).status === 0 ? 'accepts' : 'refuses';

const { held, trust } = await readSample({ package: packagePath, trust: trustPath });
/** The folder is to be named like the package. */
const name = /^External-Identifier: (.+)$/m.exec(held.files.get('bag-info.txt')?.toString() ?? '')?.[1] ?? 'package';
/** The one whose token is compared. */
const authority = [...held.files.keys()].flatMap((name) => /timestamps\/(.+)\.tsr$/.exec(name)?.[1] ?? [])[0] ?? 'none';

/** The token over the text of the checkpoint, with the roots beside it. */
const opensslTs = (folder: string): Answer => {
  const at = (name: string): string => path.join(folder, 'data/ledger', name);
  try {
    const note = readFileSync(at('checkpoint'), 'utf8');
    const body = path.join(tmpdir(), `body-${process.pid}`);
    writeFileSync(body, note.slice(0, note.lastIndexOf('\n\n') + 1));
    const token = at(`timestamps/${authority}.tsr`);
    const args = ['ts', '-verify', '-data', body, '-in', token, '-CAfile', at(`timestamps/${authority}.roots.pem`)];
    const answer = runs('openssl', args, folder);
    rmSync(body);
    return answer;
  } catch {
    return 'refuses';
  }
};

const isThere = (command: string, args: readonly string[]): 'there' | 'missing' =>
  spawnSync(command, args, { stdio: 'ignore' }).error === undefined ? 'there' : 'missing';

const bagit = process.env.BAGIT_PY ?? 'bagit.py';
const judges: readonly (Judge & { readonly tool: 'there' | 'missing' })[] = [
  {
    name: 'tutela',
    tool: 'there',
    judge: (folder) => runs(process.execPath, [standalone, folder, '--trust', path.resolve(trustPath)], folder),
  },
  {
    name: 'python',
    tool: isThere('python3', ['--version']),
    judge: (folder) => runs('python3', [peer, folder], folder),
  },
  {
    name: 'bagit.py',
    tool: isThere(bagit, ['--help']),
    judge: (folder) => runs(bagit, ['--validate', folder], folder),
  },
  {
    name: 'sha512sum',
    tool: isThere('sha512sum', ['--version']),
    judge: (folder) =>
      runs('sha512sum', ['--strict', '--quiet', '-c', 'manifest-sha512.txt', 'tagmanifest-sha512.txt'], folder),
  },
  { name: 'openssl ts', tool: isThere('openssl', ['version']), judge: opensslTs },
];

const lay = ({ files, links }: HeldPackage, folder: string): void => {
  for (const [name, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  for (const [name, target] of links) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    symlinkSync(target, path.join(folder, name));
  }
};

const work = mkdtempSync(path.join(tmpdir(), 'agreement-'));
const present = judges.filter(({ tool }) => tool === 'there');
const ask = (held: HeldPackage): string => {
  const folder = path.join(work, name);
  mkdirSync(folder);
  lay(held, folder);
  const answers = present.map(({ judge }) => judge(folder));
  rmSync(folder, { recursive: true });
  return answers.map((answer) => answer.padEnd(10)).join(' | ');
};

const print = (...cells: readonly string[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`);
for (const judge of judges)
  if (judge.tool === 'missing') process.stdout.write(`left out, since it is not there: ${judge.name}\n`);

const patterns = new Map<string, { count: number; kinds: Map<string, number> }>();
const note = (pattern: string, kind: string): void => {
  const row = patterns.get(pattern) ?? { count: 0, kinds: new Map<string, number>() };
  row.count++;
  row.kinds.set(kind, (row.kinds.get(kind) ?? 0) + 1);
  patterns.set(pattern, row);
};
note(ask(held), 'nothing damaged');
for await (const { damage, held: damaged } of strikes(held, trust, Number(count))) note(ask(damaged), damage);
rmSync(work, { recursive: true });

print('number', ...present.map(({ name }) => name.padEnd(10)), 'what was done');
print('------', ...present.map(() => '----------'), '-------------');
for (const [pattern, { count: number, kinds }] of [...patterns].sort(([one], [other]) => (one < other ? -1 : 1))) {
  print(String(number).padStart(6), pattern, [...kinds].map(([kind, times]) => `${kind} (${times})`).join('; '));
}

process.stdout.write(`
Who accepts what others refuse, and why:
- bagit.py and sha512sum look at manifests. Whoever mends the manifests is found by contents.json, the last event and the tree.
- sha512sum sees no file that is added, no line that is written twice and no other text of its own list.
- openssl ts sees the checkpoint and the token alone, and passes over bytes that follow a token.
- The verifier in Python is told of no keys to trust, and takes comments in the policy: what was done with a policy whose
  quorum is none, and one that has a comment, is found by ours alone.
`);

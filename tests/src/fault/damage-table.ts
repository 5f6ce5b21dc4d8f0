/**
 * `npm run damage-table [-- COUNT [PACKAGE TRUST-FILE]]`: damages a package in seeded ways and prints how many of each kind
 * the verifier finds, and in how many it names the file or the event at fault. Ends with 1 unless both are all.
 */

import { strikes } from './damage/run-damages.js';
import { readSample, samplePaths } from './damage/sample.js';

const [count = '2200', packagePath = samplePaths.package, trustPath = samplePaths.trust] = process.argv.slice(2);
const { held, trust } = await readSample({ package: packagePath, trust: trustPath });

const rows = new Map<string, { struck: number; found: number; named: number; kinds: Set<string> }>();
let bad = 0;
for await (const { damage, seed, report, found, named } of strikes(held, trust, Number(count))) {
  const row = rows.get(damage) ?? { struck: 0, found: 0, named: 0, kinds: new Set<string>() };
  rows.set(damage, row);
  row.struck++;
  if (found === 'found') row.found++;
  if (named === 'named') row.named++;
  for (const { kind } of report.faults) row.kinds.add(kind);
  if (found === 'missed' || named === 'not-named') {
    bad++;
    const told = report.faults.map(({ kind, file, event }) => `${kind} ${file ?? ''} ${JSON.stringify(event ?? {})}`);
    process.stderr.write(`seed ${seed}, ${damage}: ${found}, ${named}: ${told.slice(0, 5).join('; ')}\n`);
  }
}
const width = Math.max(...[...rows.keys()].map((name) => name.length));
const print = (name: string, ...numbers: readonly (string | number)[]): void => {
  process.stdout.write(`| ${name.padEnd(width)} | ${numbers.map((each) => String(each).padStart(6)).join(' | ')} |\n`);
};
print('damage', 'struck', 'found', 'named');
print('-'.repeat(width), '------', '------', '------');
for (const [name, { struck, found, named }] of rows) print(name, struck, found, named);
const total = (of: 'struck' | 'found' | 'named'): number => [...rows.values()].reduce((sum, row) => sum + row[of], 0);
print('all', total('struck'), total('found'), total('named'));
process.exitCode = bad === 0 ? 0 : 1;

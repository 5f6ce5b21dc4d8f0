// node scripts/petabyte-plan.mjs [--inputs FILE] [--measure] [--write]
//
// Prints docs/operations/petabyte.md for the inputs given. --measure replaces the rates of the processor by this one's;
// --write keeps inputs and page in docs/operations.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatPlan } from './petabyte/format.mjs';
import { planOf } from './petabyte/plan.mjs';

const at = (name) => fileURLToPath(new URL(`../docs/operations/${name}`, import.meta.url));
const { values } = parseArgs({
  options: { inputs: { type: 'string' }, measure: { type: 'boolean' }, write: { type: 'boolean' } },
});

const inputs = JSON.parse(readFileSync(values.inputs ?? at('petabyte.json'), 'utf8'));
if (values.measure) {
  const { measureHere } = await import('./petabyte/measure.mjs');
  for (const [name, figure] of Object.entries(await measureHere())) Object.assign(inputs.measured[name], figure);
}
const page = formatPlan(inputs, planOf(inputs));
if (values.write) {
  writeFileSync(at('petabyte.json'), `${JSON.stringify(inputs, null, 2)}\n`);
  writeFileSync(at('petabyte.md'), page);
}
process.stdout.write(page);

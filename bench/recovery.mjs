// Checks of passwords in a simulated seizure of 1.5 million archives: the order of work against "every archive against
// the whole list, stopping at its hit".
//
//   npm run bench -- recovery [--seed 1] [--worth 100000]
//
// --worth: the stop rule, the most checks that opening one more lock may be expected to cost. The parameters of the
// seizure stand in bench/recovery/seizure.mjs; a check is a check, whatever the format costs: it counts as a second.
import { parseArgs } from 'node:util';
import { inOrder } from './recovery/in-order.mjs';
import { makeSeizure, parameters } from './recovery/seizure.mjs';
import { printTable } from './table.mjs';

const everyArchive = (sets, { list }) => {
  let [checks, solvedFiles] = [0, 0];
  for (let set = 0; set < sets.owner.length; set++) {
    const found = sets.password[set] < list;
    checks += (found ? sets.password[set] + 1 : list) * sets.volumes[set];
    if (found) solvedFiles += sets.volumes[set];
  }
  return { checks, solvedFiles };
};

const thousands = (value) => Math.round(value).toLocaleString('en');
const share = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: { seed: { type: 'string', default: '1' }, worth: { type: 'string', default: '100000' } },
  });
  const stopRule = { mostSecondsPerLock: Number(values.worth), mostSeconds: Number.POSITIVE_INFINITY };
  const rows = [];
  for (const reuse of [0.6, 0.85, 0.95]) {
    const sets = makeSeizure(Number(values.seed), reuse);
    const naive = everyArchive(sets, parameters);
    const add = (name, { checks, solvedFiles, stopped = '' }) =>
      rows.push([
        share(reuse, 1),
        name,
        thousands(checks),
        `${(naive.checks / checks).toFixed(1)}×`,
        `${thousands(solvedFiles)} (${share(solvedFiles, parameters.files)})`,
        stopped,
      ]);
    add('every archive against the whole list', naive);
    const toTheEnd = { ...stopRule, mostSecondsPerLock: Number.POSITIVE_INFINITY };
    add(
      'in order, no hints, volumes not known, to the end',
      inOrder(sets, parameters, toTheEnd, { dedupe: false, hints: false }),
    );
    add('in order, no hints, to the end', inOrder(sets, parameters, toTheEnd, { hints: false }));
    add('in order, to the end', inOrder(sets, parameters, toTheEnd));
    add('in order, stop rule', inOrder(sets, parameters, stopRule));
  }
  printTable(
    `${thousands(parameters.files)} archive files of ${thousands(parameters.owners)} owners, a list of ${thousands(parameters.list)} words, seed ${values.seed}`,
    ['reuse', '', 'checks', 'fewer', 'files opened', 'ended by'],
    rows,
  );
  console.log(`Parameters: ${JSON.stringify(parameters)}; stop rule: ${stopRule.mostSecondsPerLock} checks a lock.`);
};

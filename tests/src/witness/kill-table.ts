/**
 * `npm run witness-kill-table`: kills the process of the log and that of the witness at every step from an act to its
 * cosigned head, and prints what was found after each. Exits with 1 unless nothing ever was.
 */
import { openKillGround } from './kill-run.js';
import { steps } from './points.js';

const timesEach = Number(process.argv[2] ?? 8);

const widths = [10, 32, 8, 6, 6];
const print = (...cells: readonly string[]): void => {
  process.stdout.write(`| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |\n`);
};

const ground = await openKillGround();
print('step', 'killed', 'process', 'kills', 'ok');
print(...widths.map((width) => '-'.repeat(width)));
let [kills, good] = [0, 0];
const faults: string[] = [];
for (const { step, points } of steps) {
  for (const struck of points) {
    let [struckTimes, fine] = [0, 0];
    for (let run = 0; run < timesEach; run++) {
      // A point is passed at least once in a run, mostly often.
      let result = await ground.run(struck, run % 4);
      if (result === 'not-struck') result = await ground.run(struck, 0);
      if (result === 'not-struck') {
        faults.push(`${struck.point}: was never passed`);
        continue;
      }
      struckTimes++;
      if (result.length === 0) fine++;
      else faults.push(...result.map((fault) => `${struck.point}: ${fault}`));
    }
    print(step, struck.point, struck.victim, String(struckTimes), String(fine));
    kills += struckTimes;
    good += fine;
  }
}
const { acknowledged, heads, cosignatures } = ground.counts();
await ground.close();
const clean = faults.length === 0 && good === kills;
const issued = `${acknowledged} acts acknowledged, ${heads} heads, ${cosignatures} cosignatures issued`;
process.stdout.write(`\n${kills} kills, ${good} ok; ${issued}${clean ? ', all of one history' : ''}\n`);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = clean ? 0 : 1;

// PDQ from pixels and from files: ours and, where it can be compiled, Meta's C++ reference, in one run.
//
//   npm run bench -- pdq [--rounds 7]
//
// Time is CPU time of every process involved (of ours: this one and the decoder process, pipes included), since the
// machine may be busy with other things. Rounds alternate; the first warms up, the median of the others counts. The
// peer needs TUTELA_BENCH_THREATEXCHANGE (a checkout of facebook/ThreatExchange), g++, libjpeg and libpng with headers.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pdq, pdqVariants } from '@tutela/fingerprint';
import { openDecoder } from '@tutela/media';
import { makePicture } from '@tutela/testkit';
import { childrenOf, cpuOf } from './pdq/cpu.mjs';
import { compilePeer, startPeer } from './pdq/peer.mjs';
import { pictureSets } from './pdq/sets.mjs';
import { median, printTable } from './table.mjs';

export const run = async (options) => {
  const { values } = parseArgs({ args: options, options: { rounds: { type: 'string', default: '7' } } });
  const rounds = Number(values.rounds);
  const work = mkdtempSync(path.join(tmpdir(), 'tutela-bench-'));
  try {
    const program = compilePeer(work);
    await fromPixels(rounds, program);
    await fromFiles(rounds, program, await pictureSets(work));
  } finally {
    rmSync(work, { recursive: true });
  }
};

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const shown = (milliseconds) => (milliseconds === undefined ? '–' : milliseconds.toFixed(milliseconds < 1 ? 3 : 2));
const ratio = (theirs, ours) => (theirs === undefined ? '–' : `${(theirs / ours).toFixed(2)}×`);
const middle = (list) => (list.length === 0 ? undefined : median(list.slice(1)));

const timed = (repeats, act) => {
  const start = cpuOf(process.pid);
  for (let repeat = 0; repeat < repeats; repeat++) act();
  return (cpuOf(process.pid) - start) / repeats;
};

const fromPixels = async (rounds, program) => {
  const peer = program === undefined ? undefined : startPeer(program, 'pixels');
  const rows = [];
  for (const side of [64, 128, 256, 512]) {
    const picture = makePicture(side, { width: side, height: side });
    const repeats = Math.ceil((20 * 512 * 512) / side / side);
    const head = Buffer.from(new Uint32Array([side, side, Math.ceil(repeats / 8)]).buffer);
    const [ours, theirs, eight] = [[], [], []];
    let same = 'not compared';
    for (let round = 0; round <= rounds; round++) {
      ours.push(timed(repeats, () => pdq(picture)));
      eight.push(timed(Math.ceil(repeats / 8), () => pdqVariants(picture)));
      if (peer === undefined) continue;
      const answer = await peer.ask(head, picture.rgb);
      theirs.push(answer.milliseconds);
      const mine = pdq(picture);
      same = answer.hash === hex(mine.hash) && answer.quality === mine.quality ? 'equal' : 'DIFFERENT';
    }
    const [a, b] = [middle(ours), middle(theirs)];
    rows.push([`${side}×${side}`, shown(a), shown(b), ratio(b, a), shown(middle(eight)), same]);
  }
  peer?.close();
  const head = ['pixels to hash', 'Tutela ms', 'Meta C++ ms', 'ours is faster', 'eight variants ms', 'hash, quality'];
  printTable(`PDQ from decoded pixels, CPU time, median of ${rounds} rounds`, head, rows);
};

/** Hashes files one pass after another, a few on their way at a time, as a scan does. */
const scan = async (decoder, files, passes, mode) => {
  const hashes = [];
  const onTheirWay = [];
  for (let pass = 0; pass < passes; pass++) {
    for (const file of files) {
      onTheirWay.push(decoder.decode(readFileSync(file), mode));
      if (onTheirWay.length > 4) hashes.push(pdq((await onTheirWay.shift()).value));
    }
  }
  for (const outcome of await Promise.all(onTheirWay)) hashes.push(pdq(outcome.value));
  return hashes.slice(0, files.length).map(({ hash }) => hex(hash));
};

const distance = (a, b) => (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;

const fromFiles = async (rounds, program, sets) => {
  const others = childrenOf(process.pid);
  const decoder = openDecoder({ processes: 1 });
  const peer = program === undefined ? undefined : startPeer(program, 'files');
  const peers = childrenOf(process.pid);
  const rows = [];
  for (const { name, files, passes } of sets) {
    const [here, there, exact, theirs] = [[], [], [], []];
    let farthest = 0;
    for (let round = 0; round <= rounds; round++) {
      const [child] = childrenOf(process.pid).filter((pid) => !peers.includes(pid) && !others.includes(pid));
      const cpu = () => [cpuOf(process.pid), child === undefined ? 0 : cpuOf(child)];
      const each = passes * files.length;
      const start = cpu();
      const hashes = await scan(decoder, files, passes, 'default');
      const between = cpu();
      const conforming = await scan(decoder, files, passes, 'exact');
      const end = cpu();
      here.push((between[0] - start[0]) / each);
      there.push((between[1] - start[1]) / each);
      exact.push((end[0] + end[1] - between[0] - between[1]) / each);
      if (peer === undefined) continue;
      let milliseconds = 0;
      for (let pass = 0; pass < passes; pass++) {
        for (const [index, file] of files.entries()) {
          const answer = await peer.ask(`${file}\n`);
          milliseconds += answer.milliseconds;
          if (answer.quality >= 80) farthest = Math.max(farthest, distance(answer.hash, hashes[index]));
          if (answer.hash !== conforming[index]) console.error(`exact mode differs: ${file}`);
        }
      }
      theirs.push(milliseconds / each);
    }
    const ours = median(here.slice(1).map((milliseconds, round) => milliseconds + there[round + 1]));
    const [full, other] = [middle(exact), middle(theirs)];
    rows.push([
      name,
      shown(ours),
      shown(middle(here)),
      shown(middle(there)),
      shown(other),
      ratio(other, ours),
      `${farthest} bits`,
      shown(full),
      ratio(other, full),
    ]);
  }
  peer?.close();
  await decoder.close();
  printTable(
    `PDQ from files, CPU time of all processes, median of ${rounds} rounds`,
    [
      'file to hash',
      'Tutela ms',
      'of it here',
      'decoder',
      'Meta C++ ms',
      'ours is faster',
      'farthest',
      'exact ms',
      'exact',
    ],
    rows,
  );
};

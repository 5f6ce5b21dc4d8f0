// Look-ups a second of one core among 256-bit hashes at threshold 31: ours and, where they are installed, the peers, in
// one run. Every contestant is a process that reads the same hashes and needles; rounds alternate between them, the
// median counts, and the sum of all distances found has to agree.
//
//   npm run bench -- index [--sizes 1000000,10000000] [--rounds 5] [--threshold 31] [--slow]
//
// Time is CPU time of one core, since the machine may be busy with other things. Peers:
//   faiss   a Python that has faiss-cpu, named by TUTELA_BENCH_PYTHON (default python3)
//   Meta    a checkout of facebook/ThreatExchange named by TUTELA_BENCH_THREATEXCHANGE; its index headers are compiled
//           with g++ -O3 -march=native. Its multi-index takes minutes to build: above a million hashes with --slow.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startContestant } from './index/contestant.mjs';
import { writeHashes, writeNeedles } from './index/inputs.mjs';
import { median, printTable } from './table.mjs';

const folder = path.join(import.meta.dirname, 'index');
const ours = fileURLToPath(new URL('./index/ours.mjs', import.meta.url));
const compiler = process.env.CXX ?? 'g++';
const million = 1_000_000;

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      sizes: { type: 'string', default: `${million},${10 * million}` },
      rounds: { type: 'string', default: '5' },
      threshold: { type: 'string', default: '31' },
      slow: { type: 'boolean', default: false },
    },
  });
  const work = mkdtempSync(path.join(tmpdir(), 'tutela-bench-'));
  try {
    const peers = installedPeers(work);
    for (const size of values.sizes.split(',').map(Number)) {
      await compare({
        work,
        peers,
        size,
        rounds: Number(values.rounds),
        threshold: values.threshold,
        slow: values.slow,
      });
    }
  } finally {
    rmSync(work, { recursive: true });
  }
};

/** Contestants with the number of needles that keeps one of their rounds near a second. */
const contestants = ({ peers, size, slow }) => {
  const tens = size / million;
  const list = [
    {
      name: 'Tutela, batches',
      command: ['node', ours, 'batch'],
      needles: Math.ceil(65_536 / Math.max(1, tens / 4)),
    },
    { name: 'Tutela, one by one', command: ['node', ours, 'single'], needles: 8192 },
    { name: 'Tutela, two threads', command: ['node', ours, 'pool'], needles: 65_536 },
  ];
  if (peers.meta) {
    list.push({
      name: 'Meta flat (C++, AVX-512 where there)',
      command: [peers.meta, 'flat'],
      needles: 8 * Math.ceil(256 / tens),
    });
    if (slow || size <= million)
      list.push({ name: 'Meta MIH (C++)', command: [peers.meta, 'mih'], needles: Math.ceil(256 / tens) });
  }
  if (peers.python) {
    const faiss = (kind) => [peers.python, `${folder}/peer-faiss.py`, kind];
    list.push({ name: 'faiss MultiHash 16×16 (HMA)', command: faiss('multihash'), needles: Math.ceil(256 / tens) });
    list.push({ name: 'faiss Flat', command: faiss('flat'), needles: Math.ceil(512 / tens) });
  }
  return list;
};

const compare = async ({ work, peers, size, rounds, threshold, slow }) => {
  const hashes = path.join(work, 'hashes');
  const needles = path.join(work, 'needles');
  await writeHashes(hashes, size);
  await writeNeedles(needles, hashes, 65_536);
  const running = [];
  for (const { name, command, needles: count } of contestants({ peers, size, slow })) {
    running.push(await startContestant({ name, command, args: [hashes, needles, String(count), threshold], count }));
  }
  for (let round = 0; round <= rounds; round++) for (const contestant of running) await contestant.run();
  const [first] = running;
  const rate = (contestant) => contestant.count / median(contestant.rounds.slice(1).map(({ cpu }) => cpu));
  printTable(
    `${size.toLocaleString('en')} hashes, threshold ${threshold}, ${rounds} alternating rounds after one of warming up`,
    ['', 'look-ups/s', 'µs each', 'build s', 'bytes/hash', 'wall look-ups/s', 'ours is faster', 'same answers'],
    running.map((contestant) => [
      contestant.name,
      rate(contestant).toFixed(0),
      (1e6 / rate(contestant)).toFixed(1),
      contestant.build.toFixed(2),
      contestant.bytes === undefined ? '' : (contestant.bytes / size).toFixed(1),
      (contestant.count / median(contestant.rounds.slice(1).map(({ wall }) => wall))).toFixed(0),
      `${(rate(first) / rate(contestant)).toFixed(1)}×`,
      agreement(contestant, first),
    ]),
  );
  for (const contestant of running) contestant.stop();
};

/** Hits and the sum of their distances over the needles both were given. */
const agreement = (contestant, ours) => {
  const expected = ours.answers.slice(0, contestant.count);
  const got = contestant.answers;
  const same = got.every(
    ({ hits, bits }, at) => expected[at] === undefined || (hits === expected[at].hits && bits === expected[at].bits),
  );
  return same ? `${Math.min(got.length, expected.length)} needles` : 'NO';
};

const installedPeers = (work) => {
  const python = process.env.TUTELA_BENCH_PYTHON ?? 'python3';
  const hasFaiss = spawnSync(python, ['-c', 'import faiss, numpy'], { stdio: 'ignore' }).status === 0;
  if (!hasFaiss) console.log(`faiss: not measured, "${python}" cannot import it (TUTELA_BENCH_PYTHON names another)`);
  return { python: hasFaiss ? python : undefined, meta: buildMeta(work) };
};

const buildMeta = (work) => {
  const checkout = process.env.TUTELA_BENCH_THREATEXCHANGE;
  if (checkout === undefined) {
    console.log('Meta: not measured, TUTELA_BENCH_THREATEXCHANGE names no checkout of facebook/ThreatExchange');
    return undefined;
  }
  const binary = path.join(work, 'peer-meta');
  const sources = ['pdqhashtypes.cpp', 'pdqhamming.cpp', 'pdqutils.cpp'].map(
    (file) => `${checkout}/pdq/cpp/common/${file}`,
  );
  const args = [
    '-O3',
    '-march=native',
    '-std=c++17',
    `-I${checkout}`,
    '-o',
    binary,
    `${folder}/peer-meta.cpp`,
    ...sources,
  ];
  const { status } = spawnSync(compiler, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) console.log('Meta: not measured, it does not compile here');
  return status === 0 ? binary : undefined;
};

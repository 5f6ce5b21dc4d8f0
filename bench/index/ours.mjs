// A contestant (contestant.mjs): ours. node ours.mjs batch|single|pool hashes needles count threshold
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { buildHammingIndex, openSearchPool } from '@tutela/hashindex';

const hashBytes = 32;

const [kind, hashFile, needleFile, count, threshold] = process.argv.slice(2);
const bits = Number(threshold);
const hashes = readFileSync(hashFile);
const needles = readFileSync(needleFile).subarray(0, hashBytes * Number(count));

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const start = cpuSeconds();
const index = buildHammingIndex(hashes);
const build = cpuSeconds() - start;
const bytes = index.memoryBytes();
console.log(JSON.stringify({ build, bytes }));

const needleAt = (at) => needles.subarray(hashBytes * at, hashBytes * (at + 1));
const needleCount = needles.length / hashBytes;
const pool = kind === 'pool' ? openSearchPool(index, 2) : undefined;
const searches = {
  batch: () => index.searchMany(needles, bits),
  single: () => Array.from({ length: needleCount }, (_, at) => index.search(needleAt(at), bits)),
  pool: () => pool.searchMany(needles, bits),
};

let told = false;
for await (const _ of createInterface({ input: process.stdin })) {
  const cpu = cpuSeconds();
  const wall = performance.now();
  const found = await searches[kind]();
  const result = { cpu: cpuSeconds() - cpu, wall: (performance.now() - wall) / 1000 };
  const answers = found.map((hits) => [hits.length, hits.reduce((sum, { distance }) => sum + distance, 0)]);
  console.log(JSON.stringify(told ? result : { ...result, answers }));
  told = true;
}
await pool?.close();

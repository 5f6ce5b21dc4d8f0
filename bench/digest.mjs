// Exact look-up of SHA-256 digests: memory, build time, time of a look-up, and a check of what is found.
//
//   npm run bench -- digest [--size 100000000] [--checks 10000000] [--rounds 5] [--width 32]
//
// The digests are made in blocks by AES in counter mode, as even as real ones, twice: once to count, once to place. So
// the peak is the table and one block. Peers: a JavaScript Map from hexadecimal text, and a Set of Buffers in binary
// text, at a size that fits them.
import { createCipheriv, createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { buildDigestTableFrom } from '@tutela/hashindex';
import { median, printTable } from './table.mjs';

const blockDigests = 1 << 16;
const million = 1_000_000;
/** Entries of a Map before V8 refuses to grow it. */
const mapSize = 10 * million;

const digestsOf = (size, width) =>
  function* () {
    const cipher = createCipheriv('aes-128-ctr', 'tutela digests..', new Uint8Array(16));
    for (let at = 0; at < size; at += blockDigests) {
      yield cipher.update(new Uint8Array(width * Math.min(blockDigests, size - at)));
    }
  };

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const timed = (act) => {
  const start = cpuSeconds();
  const value = act();
  return { value, seconds: cpuSeconds() - start };
};

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      size: { type: 'string', default: String(100 * million) },
      checks: { type: 'string', default: String(10 * million) },
      rounds: { type: 'string', default: '5' },
      width: { type: 'string', default: '32' },
    },
  });
  const [size, checks, rounds, width] = [values.size, values.checks, values.rounds, values.width].map(Number);
  const before = process.memoryUsage().rss;
  const { value: table, seconds } = timed(() => buildDigestTableFrom(digestsOf(size, width), width));
  const peak = process.resourceUsage().maxRSS * 1024 - before;
  const known = sample(digestsOf(size, width), size, width);
  const unknown = Array.from({ length: known.length }, (_, at) => {
    return createHash('sha256').update(`unknown ${at}`).digest().subarray(0, width);
  });
  printTable(
    `${size.toLocaleString('en')} digests of ${width} bytes, CPU time of one core, median of ${rounds} rounds`,
    ['', 'ns a look-up', 'build s', 'bytes/digest', 'peak bytes/digest'],
    [
      [
        'Tutela, known',
        look(table.find, known, rounds),
        seconds.toFixed(1),
        (table.memoryBytes / size).toFixed(1),
        (peak / size).toFixed(1),
      ],
      ['Tutela, unknown', look(table.find, unknown, rounds), '', '', ''],
    ],
  );
  console.log(`\n${check(table, size, width, checks)}`);
  beside(Math.min(size, mapSize), width, rounds);
};

/** A million digests from all over the source. */
const sample = (source, size, width) => {
  const step = Math.max(1, Math.floor(size / million));
  const digests = [];
  let at = 0;
  for (const block of source()) {
    for (let first = 0; first < block.length; first += width, at++) {
      if (at % step === 0) digests.push(new Uint8Array(block.subarray(first, first + width)));
    }
  }
  // Apart from their order in the source, which no real look-up has.
  for (let left = digests.length - 1; left > 0; left--) {
    const other = (left * 2_654_435_761) % (left + 1);
    [digests[left], digests[other]] = [digests[other], digests[left]];
  }
  // Copied again, so that they lie in memory in the order they are asked for, as a digest just computed does.
  return digests.map((digest) => new Uint8Array(digest));
};

const look = (find, digests, rounds) => {
  const times = Array.from({ length: rounds + 1 }, () => {
    const { seconds } = timed(() => {
      for (const digest of digests) find(digest);
    });
    return (seconds / digests.length) * 1e9;
  });
  return median(times.slice(1)).toFixed(0);
};

/** Every digest of an even share is found at its place and nowhere else; with one bit changed it is not found. */
const check = (table, size, width, checks) => {
  const step = Math.max(1, Math.floor((2 * size) / checks));
  let [at, checked, errors] = [0, 0, 0];
  for (const block of digestsOf(size, width)()) {
    for (let first = 0; first < block.length; first += width, at++) {
      if (at % step !== 0) continue;
      const digest = block.subarray(first, first + width);
      const found = table.find(digest);
      if (found.length !== 1 || found[0] !== at) errors++;
      digest[at % width] ^= 1 << (checked % 8);
      if (table.find(digest).length !== 0) errors++;
      digest[at % width] ^= 1 << (checked % 8);
      checked += 2;
    }
  }
  return `${checked.toLocaleString('en')} look-ups checked, half of them with one bit changed: ${errors} errors`;
};

const beside = (size, width, rounds) => {
  const digests = sample(digestsOf(size, width), size, width);
  const ours = timed(() => buildDigestTableFrom(digestsOf(size, width), width));
  const before = process.memoryUsage();
  const map = timed(() => {
    const places = new Map();
    for (const block of digestsOf(size, width)()) {
      for (let first = 0; first < block.length; first += width) {
        places.set(block.latin1Slice(first, first + width), places.size);
      }
    }
    return places;
  });
  const bytes = process.memoryUsage().heapUsed - before.heapUsed;
  const buffers = digests.map((digest) => Buffer.from(digest));
  printTable(
    `${size.toLocaleString('en')} digests of ${width} bytes beside a Map`,
    ['', 'ns a look-up', 'build s', 'bytes/digest'],
    [
      [
        'Tutela',
        look(ours.value.find, digests, rounds),
        ours.seconds.toFixed(1),
        (ours.value.memoryBytes / size).toFixed(1),
      ],
      [
        'Map of binary text',
        look((digest) => map.value.get(digest.latin1Slice()), buffers, rounds),
        map.seconds.toFixed(1),
        (bytes / size).toFixed(1),
      ],
    ],
  );
};

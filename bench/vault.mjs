// The vault in a folder beside a plain copy of the same file: both read it, write it, put it on the disk. And age files
// beside typage's own stream.
//
//   npm run bench -- vault [--size 512] [--rounds 5] [--small 500]
//
// Wall time of one process; sizes in MiB. What is read lies in the page cache.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { decryptWith, encryptTo, openFolderVault } from '@tutela/vault';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { seconds } from './clock.mjs';
import { median, printTable } from './table.mjs';

const mebibyte = 1 << 20;

const drain = async (stream) => {
  let bytes = 0;
  for await (const piece of stream) bytes += piece.length;
  return bytes;
};

const copy = async (from, to) => {
  const file = await open(to, 'w');
  for await (const piece of createReadStream(from, { highWaterMark: mebibyte })) await file.writeFile(piece);
  await file.datasync();
  await file.close();
};

const digest = async (from) => {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(from, { highWaterMark: mebibyte })) hash.update(piece);
  return hash.digest('hex');
};

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      size: { type: 'string', default: '512' },
      rounds: { type: 'string', default: '5' },
      small: { type: 'string', default: '500' },
    },
  });
  const [size, rounds, small] = [values.size, values.rounds, values.small].map(Number);
  const work = mkdtempSync(path.join(tmpdir(), 'tutela-bench-'));
  try {
    await large(work, size, rounds);
    await many(work, small);
    await age(Math.min(size, 64), rounds);
  } finally {
    rmSync(work, { recursive: true });
  }
};

const large = async (work, size, rounds) => {
  const from = path.join(work, 'from');
  const times = { copy: [], put: [], read: [], hash: [], open: [] };
  for (let round = 0; round <= rounds; round++) {
    // New bytes each time: what is there already is not written.
    writeFileSync(from, Buffer.concat(Array.from({ length: size }, () => randomBytes(mebibyte))));
    const compartment = (await openFolderVault(path.join(work, 'vault'))).forCase('bench');
    let stored;
    times.copy.push(await seconds(() => copy(from, path.join(work, 'to'))));
    times.put.push(
      await seconds(async () => {
        stored = await compartment.put(createReadStream(from, { highWaterMark: mebibyte }));
      }),
    );
    times.read.push(await seconds(() => drain(createReadStream(path.join(work, 'to'), { highWaterMark: mebibyte }))));
    times.hash.push(await seconds(() => digest(path.join(work, 'to'))));
    times.open.push(
      await seconds(async () => {
        const opened = await compartment.open(stored.sha256);
        if ((await drain(opened.value.bytes)) !== size * mebibyte) throw new Error('it has another length');
      }),
    );
    rmSync(path.join(work, 'vault'), { recursive: true });
  }
  const rate = (name) => size / median(times[name].slice(1));
  const row = (title, name, beside) => [title, rate(name).toFixed(0), (rate(name) / rate(beside)).toFixed(2)];
  printTable(
    `a file of ${size} MiB, median of ${rounds} rounds`,
    ['', 'MiB/s', 'ratio'],
    [
      row('plain copy, on the disk', 'copy', 'copy'),
      row('put: hashed, encrypted, on the disk', 'put', 'copy'),
      row('plain read', 'read', 'read'),
      row('plain read, hashed', 'hash', 'read'),
      row('open: read, decrypted, authenticated', 'open', 'read'),
    ],
  );
};

const many = async (work, count) => {
  const compartment = (await openFolderVault(path.join(work, 'small'))).forCase('bench');
  const objects = Array.from({ length: count }, () => randomBytes(100_000));
  const putting = await seconds(() => Promise.all(objects.map((bytes) => compartment.put(bytes))));
  const copying = await seconds(async () => {
    for (const [at, bytes] of objects.entries()) {
      const file = await open(path.join(work, `copy-${at}`), 'w');
      await file.writeFile(bytes);
      await file.datasync();
      await file.close();
    }
  });
  printTable(
    `${count} files of 100 kB`,
    ['', 'files/s', 'ratio'],
    [
      ['plain, one after another, fdatasync', (count / copying).toFixed(0), '1.00'],
      ['put, sixteen at a time, fdatasync and folders', (count / putting).toFixed(0), (copying / putting).toFixed(2)],
    ],
  );
};

const age = async (size, rounds) => {
  const bytes = randomBytes(size * mebibyte);
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const times = { ours: [], theirs: [], opening: [] };
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  for (let round = 0; round <= rounds; round++) {
    const pieces = [];
    times.ours.push(
      await seconds(async () => {
        for await (const piece of encryptTo([recipient], Readable.from([bytes]))) pieces.push(piece);
      }),
    );
    times.theirs.push(await seconds(() => encrypter.encrypt(bytes)));
    times.opening.push(await seconds(() => drain(decryptWith([identity], Readable.from(pieces)))));
  }
  const rate = (name) => size / median(times[name].slice(1));
  const row = (title, name) => [title, rate(name).toFixed(0), (rate(name) / rate('theirs')).toFixed(2)];
  printTable(
    `age files of ${size} MiB, median of ${rounds} rounds`,
    ['', 'MiB/s', 'ratio'],
    [row('typage, encrypt', 'theirs'), row('encryptTo', 'ours'), row('decryptWith', 'opening')],
  );
};

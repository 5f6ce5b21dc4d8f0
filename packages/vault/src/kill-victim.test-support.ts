import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openFolderVault } from './open-vault.js';

// Puts objects until it is killed and writes the address of each acknowledged one to stdout.
const vault = (await openFolderVault(process.argv[2] as string)).forCase('case-1');

const inThreeChunks = async function* () {
  for (let chunk = 0; chunk < 3; chunk++) yield randomBytes(20_000);
};

const putForEver = async (): Promise<never> => {
  for (;;) {
    const { sha256 } = await vault.put(inThreeChunks());
    writeSync(1, `${sha256}\n`);
  }
};
await Promise.all(Array.from({ length: 4 }, putForEver));

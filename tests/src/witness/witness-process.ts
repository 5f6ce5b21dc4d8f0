import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tutela/core';
import { parseVerifierKey, type Signer } from '@tutela/ledger';
import { nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { clearUnfinished, createWitness, createWitnessServer, openHeadStore } from '@tutela/witness';
import { say, strikeAt } from './striking.js';

// A witness that serves until it is struck. Says its address, and each signature before it is answered.
const [folder, pem, logKey, port, point, times] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const strike = strikeAt(point, Number(times));

// The real calls of the file system, with points before and after: what the witness imports is exchanged in place.
const { link, open } = fsPromises;
fsPromises.link = async (...args) => {
  strike('before the file has its name');
  await link(...args);
  strike('after the file has its name');
};
syncBuiltinESMExports();
const anyFile = await open(fileURLToPath(import.meta.url));
const handle = Object.getPrototypeOf(anyFile) as { sync: () => Promise<void> };
await anyFile.close();
const { sync } = handle;
handle.sync = async function (this: unknown) {
  strike('before a sync to the disk');
  await sync.call(this);
  strike('after a sync to the disk');
};

const own = signerFromPem('witness.example/w1', pem);
const signer: Signer = {
  ...own,
  sign: async (message) => {
    strike('before the witness signs');
    const signature = await own.sign(message);
    strike('after the witness signs');
    return signature;
  },
};
const key = parseVerifierKey(nodeHasher, logKey);
if (key.kind !== 'done') throw new Error(key.reason.message);
await clearUnfinished(folder);
const heads = openHeadStore(path.resolve(folder));
const deps = { signer, heads, logs: async () => [key.value], clock: systemClock };
const witness = createWitness(deps);
const server = createWitnessServer({
  ...deps,
  witness: {
    addCheckpoint: (body) => {
      strike('when a request arrives');
      return witness.addCheckpoint(body);
    },
  },
  onAnswer: (answer) => {
    if (answer.kind === 'cosigned') {
      const { size, root } = answer.checkpoint;
      say({ cosigned: { size: String(size), root: Buffer.from(root).toString('hex'), line: answer.line } });
    }
    strike('before the witness answers');
  },
});
server.addHook('onResponse', async () => strike('after the witness answered'));
say({ address: await server.listen({ host: '127.0.0.1', port: Number(port) }) });

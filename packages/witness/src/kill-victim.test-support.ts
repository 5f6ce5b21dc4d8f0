import { systemClock } from '@tutela/core';
import { noteKey } from '@tutela/ledger';
import { nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { clearUnfinished, openHeadStore } from './head-store.js';
import { createWitnessServer } from './server.js';
import { createWitness } from './witness.js';

// A witness that serves until it is killed; its first line on stdout is its address.
const [folder, pem, publicKey, ...origins] = process.argv.slice(2) as [string, string, string, ...string[]];
const keys = origins.map((origin) => noteKey(nodeHasher, origin, Buffer.from(publicKey, 'base64')));
const logs = async () => keys;
await clearUnfinished(folder);
const heads = openHeadStore(folder);
const witness = createWitness({ signer: signerFromPem('witness.example/w1', pem), logs, heads, clock: systemClock });
const server = createWitnessServer({
  witness,
  logs,
  heads,
  onTrouble: (error) => process.stderr.write(`${String(error)}\n`),
});
process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`);

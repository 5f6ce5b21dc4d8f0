import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { openDatabase } from '@tutela/db';
import { parseCosignerKey, type Signer } from '@tutela/ledger';
import { nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { readWitnessStates, startSequencer, startWitnessing } from '@tutela/ledger/postgres';
import { act } from './ground.js';
import { say, strikeAt, strikeInStatements } from './striking.js';

// Acts, sequences and has its heads cosigned until it is struck, or until all its acts are under a cosigned head. Says
// each act that it was told is committed, each head that it stored and each answer of the witness.
const [url, pem, witnessUrl, witnessKey, firstThing, point, times] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const acts = 12;

const strike = strikeAt(point, Number(times));
const database = await openDatabase({ url, dataFolder: '' });
strikeInStatements(database, strike);
const { db } = database;

const own = signerFromPem('test.example/ledger', pem);
const signer: Signer = {
  ...own,
  sign: async (message) => {
    strike('before the head is signed');
    const signature = await own.sign(message);
    strike('after the head is signed');
    return signature;
  },
};
const key = parseCosignerKey(nodeHasher, witnessKey);
if (key.kind !== 'done') throw new Error(key.reason.message);

const sequencer = await startSequencer(db, {
  signer,
  clock: systemClock,
  everyMs: 1,
  onHead: (head) => {
    strike('before the head is told');
    say({ head });
  },
});
if (sequencer.kind !== 'done') throw new Error(sequencer.reason.message);

const witnessing = startWitnessing(db, {
  witnesses: [{ key: key.value, url: witnessUrl }],
  clock: systemClock,
  everyMs: 1,
  fetch: async (...args) => {
    strike('before the head is sent');
    const sent = globalThis.fetch(...args);
    setImmediate(strike, 'while the head is sent');
    const response = await sent;
    strike('before the answer is read');
    return response;
  },
});

for (let thing = Number(firstThing); thing < Number(firstThing) + acts; thing++) {
  const id = await act(db, thing);
  strike('before the act is acknowledged');
  say({ id });
  // Heads of several sizes, so that a point is passed several times.
  await wait(4);
}
const isUnderCosignedHead = async (): Promise<boolean> => {
  const [state] = await readWitnessStates(db, [key.value]);
  if (state?.fork) say({ trouble: `fork: ${state.fork.why}` });
  return state?.behind === '0' && Number(state.signed) >= acts;
};
while (!(await isUnderCosignedHead())) await wait(20);
await witnessing.stop();
await sequencer.value.stop();
await database.close();

import { systemClock } from '@tutela/core';
import { openDatabase } from '@tutela/db';
import { noteKey } from '@tutela/ledger';
import { nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { sequence } from '@tutela/ledger/postgres';
import { minimalCase } from '../material/sample-case.test-support.js';
import { postgresPackageLedger } from '../postgres/package-ledger.js';
import { site, verifierStub } from './package-ground.test-support.js';
import type { PackageLedger } from './ports.js';
import { writePackage } from './write-package.js';

// Writes one package and dies at the point that it is told, as a pulled plug would have it.
export type KillPoint = 'before-the-event' | 'after-the-event' | 'while-proving' | 'while-writing-events' | 'never';

const [url, pem, folder, request, caseRef, point] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  KillPoint,
];
const die = async (): Promise<void> => {
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
};
const at = async (here: KillPoint): Promise<void> => {
  if (point === here) await die();
};

const { db, close } = await openDatabase({ url, dataFolder: '' });
const signer = signerFromPem('agency.example/evidence', pem);
const key = noteKey(nodeHasher, signer.name, signer.publicKey);
const real = postgresPackageLedger({
  db,
  clock: systemClock,
  site,
  policy: { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' },
  timeAuthorities: [],
  waits: { checkpoint: 10_000, witnesses: 0, timeAuthority: 0 },
  wake: () => void sequence(db, { signer, clock: systemClock }),
});
const ledger: PackageLedger = {
  ...real,
  recordExport: async (facts) => {
    await at('before-the-event');
    const recorded = await real.recordExport(facts);
    await at('after-the-event');
    return recorded;
  },
  prove: async (digest) => {
    const proven = await real.prove(digest);
    await at('while-proving');
    if (proven.kind !== 'done' || point !== 'while-writing-events') return proven;
    const events = async function* () {
      yield* proven.value.events();
      await die();
    };
    return { ...proven, value: { ...proven.value, events } };
  },
};

const material = { ...minimalCase(), case: { ...minimalCase().case, ref: caseRef } };
const deps = { ledger, clock: systemClock, folder, verifier: verifierStub, by: 'staff-3' };
const software = { name: 'tutela', version: '0.1.0' };
const outcome = await writePackage({ ...deps, software, whenProofIsMissing: 'write' }, material, request);
process.stdout.write(outcome.kind === 'done' ? outcome.value.status : outcome.reason.code);
await close();

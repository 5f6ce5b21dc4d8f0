export { clearUnfinished, type HeadStore, type KeptHead, openHeadStore } from './head-store.js';
export { createWitnessServer, type WitnessServerDeps } from './server.js';
export { createWitness, type Witness, type WitnessAnswer, type WitnessDeps, type WitnessFault } from './witness.js';
export { WitnessError } from './witness-error.js';

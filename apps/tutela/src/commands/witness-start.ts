import { once } from 'node:events';
import { systemClock } from '@tutela/core';
import {
  clearUnfinished,
  createWitness,
  createWitnessServer,
  openHeadStore,
  type WitnessAnswer,
} from '@tutela/witness';
import type { PortChoice } from '../config/config.js';
import type { TutelaContext } from '../context.js';
import { listen } from '../http/listen.js';
import { openWitnessFolder, witnessFolderName } from '../witness/witness-folder.js';

export interface WitnessStartFlags {
  readonly data?: string;
  readonly port: PortChoice;
  readonly host: string;
}

/** Serves until it is told to end. Needs its folder and nothing else: no database, no desk. */
export default async function witnessStart(this: TutelaContext, flags: WitnessStartFlags): Promise<void> {
  const interruption = this.interruption();
  const { folder, signer, logs } = await openWitnessFolder(witnessFolderName(flags.data, this.env, this.folder));
  await clearUnfinished(folder);
  const heads = openHeadStore(folder);
  const witness = createWitness({ signer, logs, heads, clock: systemClock });
  const server = createWitnessServer({
    witness,
    logs,
    heads,
    onAnswer: (answer) => this.log(`${new Date().toISOString()} ${sentenceOf(answer)}`),
    onTrouble: (error) => this.log(error instanceof Error ? error.message : String(error)),
  });
  const origin = await listen(server, flags.port, flags.host);
  this.process.stdout.write(`${origin}\n`);
  for (const { name } of await logs()) this.log(`watched: ${name}`);
  this.log(`The witness ${signer.name} answers at the address above. Ctrl-C ends it.`);
  if (!interruption.aborted) await once(interruption, 'abort');
  await server.close();
}

const sentenceOf = (answer: WitnessAnswer): string => {
  switch (answer.kind) {
    case 'cosigned':
      return `cosigned ${answer.checkpoint.origin} at ${answer.checkpoint.size}`;
    case 'elsewhere':
      return `asked from another size than ${answer.size}`;
    case 'refused':
      return `refused (${answer.reason.code}): ${answer.reason.message}`;
  }
};

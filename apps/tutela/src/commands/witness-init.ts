import { formatCosignerKey } from '@tutela/ledger';
import { printJson, type TutelaContext } from '../context.js';
import { makeWitnessFolder, witnessFolderName } from '../witness/witness-folder.js';

export interface WitnessFlags {
  readonly data?: string;
  readonly json: boolean;
}

/** Makes a witness and prints its key, to be named in the policies of those who believe it. */
export default async function witnessInit(this: TutelaContext, flags: WitnessFlags, name: string): Promise<void> {
  const folder = witnessFolderName(flags.data, this.env, this.folder);
  const { key } = await makeWitnessFolder(folder, name);
  const verifierKey = formatCosignerKey(key);
  if (flags.json) printJson(this, { v: 1, name, verifierKey, folder });
  else this.process.stdout.write(`${verifierKey}\n`);
  this.log(`The witness lies in ${folder}. Next: tutela witness trust <key of a log>`);
}

import type { TutelaContext } from '../context.js';
import { openWitnessFolder, trustLogs, witnessFolderName } from '../witness/witness-folder.js';

export interface WitnessTrustFlags {
  readonly data?: string;
}

/** From now on the witness cosigns heads of these logs, also when it runs already. */
export default async function witnessTrust(
  this: TutelaContext,
  flags: WitnessTrustFlags,
  ...keys: readonly string[]
): Promise<void> {
  const folder = await openWitnessFolder(witnessFolderName(flags.data, this.env, this.folder));
  await trustLogs(folder, keys);
  for (const { name } of await folder.logs()) this.log(`watched: ${name}`);
}

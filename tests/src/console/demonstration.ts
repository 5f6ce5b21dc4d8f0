import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceSeconds = 300;

/**
 * Waits until the demonstration below a data folder is done.
 * @returns the folder of its people, who can be approved for by anybody
 */
export const demonstrationDone = async (data: string): Promise<{ readonly people: string }> => {
  const demo = path.join(data, 'demo');
  for (let second = 0; second < patienceSeconds; second++) {
    if ((await stat(path.join(demo, 'demonstration.done')).catch(() => undefined)) !== undefined) {
      return { people: path.join(demo, 'demonstration-case', 'people') };
    }
    await sleep(1000);
  }
  throw new Error(`the demonstration in ${demo} was not done in ${patienceSeconds} seconds`);
};

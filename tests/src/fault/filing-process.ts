/** A worker that files one report and stops for ever before its `STOP`th step: `URL VAULT BASE USER PASSWORD FILING STOP`. */
import { openDatabase } from '@tutela/db';
import { openDecoder } from '@tutela/media';
import { openPlatform } from './open-platform.js';

const [url = '', vault = '', baseUrl = '', username = '', password = '', filing = '', stop = '-1'] =
  process.argv.slice(2);
let steps = 0;
const between = async (): Promise<void> => {
  if (steps++ !== Number(stop)) return;
  process.stdout.write('stopped\n');
  setInterval(() => undefined, 1000);
  await new Promise(() => undefined);
};
const { db } = await openDatabase({ url, dataFolder: '' });
const decoder = openDecoder({ processes: 1 });
const platform = await openPlatform({ db, vault, decoder, baseUrl, username, password, between });
await platform.runFiling(filing);
process.stdout.write('ended\n');
process.exit(0);

import { readConfig } from '../config/config.js';
import { openNode } from '../node/node.js';

// A node of the demonstration, in a process of its own that can be killed. Ends with whoever started it.
const [dataFolder = '', ranges = ''] = process.argv.slice(2);
process.once('disconnect', () => process.exit(0));
const config = readConfig({ data: dataFolder, port: '0' }, { ...process.env, TUTELA_RANGES: ranges }, dataFolder);
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const node = await openNode({ config, log, onLost: () => process.exit(1) });
process.send?.({ origin: node.origin, operatorKey: node.workplace.secrets.operatorKey });

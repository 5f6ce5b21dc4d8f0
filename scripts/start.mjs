// `npm start`: installs and builds what is missing, then starts Tutela in this very process, so that a signal meets
// Tutela itself. It opens the demonstration, unless the command line says where data lie or asks for something else.
import { build, install, requireNode } from './prepare.mjs';

requireNode();
install();
build();
const says = ['--demo', '--no-demo', '--once', '--data'];
const said = process.argv.slice(2).some((given) => says.some((one) => given === one || given.startsWith(`${one}=`)));
process.argv.splice(2, 0, 'start', ...(said ? [] : ['--demo']));
await import('../bin/tutela');

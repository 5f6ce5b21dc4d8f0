// `npm start`: installs and builds what is missing, then starts Tutela in this very process, so that a signal meets
// Tutela itself. `npm start -- --once` passes `--once` on.
import { build, install, requireNode } from './prepare.mjs';

requireNode();
install();
build();
process.argv.splice(2, 0, 'start');
await import('../bin/tutela');

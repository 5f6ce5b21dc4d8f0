// `npm test`: installs and builds what is missing, checks the code, runs every test. What follows `--` goes to Vitest.
import path from 'node:path';
import { build, install, npm, requireNode, root, run, say } from './prepare.mjs';

requireNode();
install();
build();
const checked = npm(['run', '--silent', 'lint']);
if (checked !== 0) say('the checks of the code failed (see above); the tests run nevertheless');
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
const tested = run(process.execPath, [vitest, 'run', ...process.argv.slice(2)]);
process.exit(tested === 0 ? checked : tested);

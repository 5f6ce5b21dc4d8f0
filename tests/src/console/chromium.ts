import { existsSync } from 'node:fs';
import { chromiumFromNpm } from './chromium-from-npm.js';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A Chromium: the one `CHROMIUM` names, Debian's, or the one that npm brought along; `undefined` where none runs.
 * The list of arguments that comes with the npm package is not used: it switches the checks off that are tested here
 * (integrity-interface-style.md §7.3).
 */
export const chromiumPath = async (): Promise<string | undefined> =>
  [process.env.CHROMIUM ?? '', ...installed].find(existsSync) ?? (await chromiumFromNpm());

/** What follows the name of a suite that needs a browser. */
export const withoutBrowser = ' (skipped: no Chromium, see tests/README.md)';

import { arch, platform } from 'node:os';
import chromium from '@sparticuz/chromium';

/** Unpacks the browser of the npm package into the temporary folder, once; it is built for Linux on x64 alone. */
export const chromiumFromNpm = async (): Promise<string | undefined> => {
  if (platform() !== 'linux' || arch() !== 'x64') return undefined;
  return chromium.executablePath().catch(() => undefined);
};

import { readFile } from 'node:fs/promises';
import type { VerifierFiles } from './write-contents.js';

const standalone = new URL('../standalone/', import.meta.url);

/** The verifier as `npm run build` put it into one module and one page. */
export const readVerifierFiles = async (): Promise<VerifierFiles> => {
  const [mjs, html] = await Promise.all(
    ['verify.mjs', 'verify.html'].map((name) => readFile(new URL(name, standalone))),
  );
  return { mjs: mjs as Uint8Array, html: html as Uint8Array };
};

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseTrustFile, readTrust, type Trust } from '@tutela/evidence/verify';
import { nodeDeps, openPackage } from '@tutela/evidence/verify/node';
import { type HeldPackage, hold } from './held-package.js';

const fixtures = fileURLToPath(new URL('../../../../packages/evidence/fixtures/', import.meta.url));
export const samplePaths = { package: `${fixtures}sample.tar`, trust: `${fixtures}sample-trust.json` };

export interface Sample {
  readonly held: HeldPackage;
  readonly trust: Trust;
}

/** A package and what a checker of it trusts. */
export const readSample = async (paths: { readonly package: string; readonly trust: string }): Promise<Sample> => {
  const opened = await openPackage(paths.package);
  if (opened.kind !== 'done') throw new TypeError(opened.reason.message);
  const texts = parseTrustFile(await readFile(paths.trust));
  const trust = texts.kind === 'done' ? readTrust(nodeDeps.hasher, texts.value) : texts;
  if (trust.kind !== 'done') throw new TypeError(trust.reason.message);
  return { held: await hold(opened.value), trust: trust.value };
};

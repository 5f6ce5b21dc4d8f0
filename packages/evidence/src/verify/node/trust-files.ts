import { readFile } from 'node:fs/promises';
import { done } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import { joinTrust, parseTrustFile, readTrust, type Trust, type TrustTexts } from '../trust.js';
import { nodeDeps } from './node-deps.js';

/** What the command line says of trust: keys as text, roots and the trust file as names of files. */
export interface TrustFlags {
  readonly trust?: string;
  readonly logKeys: readonly string[];
  readonly witnessKeys: readonly string[];
  readonly timeRoots: readonly string[];
}

/** @throws what the file system throws when a file cannot be read */
export const trustOfFlags = async (flags: TrustFlags): Promise<Verdict<Trust, 'malformed-trust'>> => {
  const file = flags.trust === undefined ? done<TrustTexts>({}) : parseTrustFile(await readFile(flags.trust));
  if (file.kind !== 'done') return file;
  const timeRoots = await Promise.all(flags.timeRoots.map((name) => readFile(name, 'utf8')));
  const { logKeys, witnessKeys } = flags;
  return readTrust(nodeDeps.hasher, joinTrust(file.value, { logKeys, witnessKeys, timeRoots }));
};

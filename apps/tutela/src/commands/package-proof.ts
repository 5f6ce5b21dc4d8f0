import path from 'node:path';
import { proveEvent } from '@tutela/evidence/verify';
import { nodeDeps } from '@tutela/evidence/verify/node';
import type { TutelaContext } from '../context.js';
import { TutelaError } from '../tutela-error.js';
import { checkFirst, lookInto } from './read-package.js';

export interface PackageProofFlags {
  readonly entry: boolean;
}

/** The inclusion proof of one event on stdout (C2SP tlog-proof), or the entry that it proves. */
export default async function packageProof(
  this: TutelaContext,
  flags: PackageProofFlags,
  name: string,
  caseSeq: number,
): Promise<void> {
  const proven = await lookInto(path.resolve(this.folder, name), (source) => proveEvent(source, caseSeq, nodeDeps));
  if (proven.kind !== 'done') {
    const ending = proven.reason.code === 'no-such-event' ? 'usage' : 'refuted';
    throw new TutelaError(ending, `There is no such proof: ${proven.reason.message}.`, checkFirst);
  }
  this.process.stdout.write(flags.entry ? proven.value.entry : proven.value.proof);
}

import type { UtcInstant } from '@tutela/core';
import type { CompiledScope, DecidedObject, Decision, PolicyObject } from '@tutela/policy';
import type { AccountOf } from './account.js';
import { digestOfPath, type RawPath } from './paths.js';
import type { SourceId } from './schema.js';

/** What is known of a file before it is opened, or of a folder before it is listed. */
export interface Looked {
  readonly path: RawPath;
  readonly kind: 'file' | 'folder';
  readonly at?: UtcInstant;
}

/**
 * Asks the authority about files and folders of one source and keeps the answers for the record. No name goes on
 * record: an object is known by its source and the digest of its path.
 */
export interface AuthorityGate {
  readonly account: (path: RawPath, kind: Looked['kind']) => string | undefined;
  readonly decide: (scope: CompiledScope, step: 'hash' | 'list', looked: Looked, fileClass?: string) => Decision;
  /** Puts an answer on record. */
  readonly note: (step: 'hash' | 'list', path: RawPath, decision: Decision) => void;
  readonly noted: (step: 'hash' | 'list') => readonly DecidedObject[];
}

export const openGate = (sourceId: SourceId, group: string, accountOf: AccountOf): AuthorityGate => {
  const noted = { hash: new Map<string, DecidedObject>(), list: new Map<string, DecidedObject>() };
  const account = (path: RawPath, kind: Looked['kind']) => accountOf(path.toString('utf8'), kind);
  return {
    account,
    decide: (scope, step, { path, kind, at }, fileClass) => {
      const owner = account(path, kind);
      const object: PolicyObject = {
        sourceId,
        path: path.toString('utf8'),
        ...(owner !== undefined && { account: owner }),
        ...(at !== undefined && { at }),
        ...(fileClass !== undefined && { fileClass }),
      };
      return scope.decide({ step, object });
    },
    note: (step, path, decision) => {
      const ref = `${sourceId}/${digestOfPath(path)}`;
      noted[step].set(ref, { ref, group, decision });
    },
    noted: (step) => [...noted[step].values()],
  };
};

/** Whether two answers rest on the same version of the same authority. */
export const sameAllowance = (one: Decision, other: Decision): 'same' | 'other' =>
  one.answer === 'allow' &&
  other.answer === 'allow' &&
  one.authority === other.authority &&
  one.version === other.version
    ? 'same'
    : 'other';

import type { Hasher, SignatureVerifier } from '@tutela/ledger';

/** Where a package lies: a folder, an archive, what was dropped on a page. It is read once, each file from its start. */
export interface PackageSource {
  /** Everything that is there, in any order. Folders only when they are empty. */
  readonly list: () => AsyncIterable<SourceEntry>;
  /** Bytes of a `file` of the list. */
  readonly read: (path: string) => AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
}

export interface SourceEntry {
  /** From the package's folder, with `/`. */
  readonly path: string;
  /** `unreadable-name`: the name is not Unicode; the path then shows what can be shown. */
  readonly kind: 'file' | 'link' | 'empty-folder' | 'special' | 'unreadable-name';
  readonly bytes: bigint;
}

/** A digest of bytes that come one after the other. */
export interface RunningDigest {
  readonly update: (bytes: Uint8Array) => void;
  /** A second one that goes on from here. */
  readonly copy: () => RunningDigest;
  /** Once, at the end. */
  readonly take: () => Uint8Array;
}

/** What the checks need of the machine they run on. */
export interface VerifyDeps {
  readonly hasher: Hasher;
  readonly verifier: SignatureVerifier;
  readonly startDigest: (algorithm: 'sha256' | 'sha512') => RunningDigest;
}

export interface VerifyProgress {
  /** Bytes. */
  readonly done: bigint;
  readonly total: bigint;
}

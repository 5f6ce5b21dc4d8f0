import type { Outcome } from '@tutela/core';

/** Wraps case keys. Where it lies, and whether it can be read at all, is its own affair. */
export interface WrappingKey {
  /** Stands beside everything it wrapped. */
  readonly id: string;
  /** @param context what the result belongs to; it unwraps only with the same */
  readonly wrap: (secret: Uint8Array, context: string) => Promise<Uint8Array>;
  /** @throws VaultError `key-unusable` for anything that this key did not wrap with this context */
  readonly unwrap: (wrapped: Uint8Array, context: string) => Promise<Buffer>;
}

/** The installation's key and, while a rotation is under way, the one before it. */
export interface InstallationKeys {
  /** What new case keys are wrapped with. */
  readonly current: () => Promise<WrappingKey>;
  readonly named: (id: string) => Promise<Outcome<WrappingKey, 'unknown-installation-key'>>;
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '@tutela/engine';
import type { PackingDeps } from '@tutela/investigator-desk';
import type { Signer } from '@tutela/ledger';
import type { TimeAuthority } from '@tutela/ledger/postgres';
import { unsealOpenings } from '@tutela/vault/postgres';
import type { Config } from '../config/config.js';
import type { OwnPolicy } from '../config/log-policy.js';
import type { NodeVault } from './open-vault.js';

interface Asked {
  readonly config: Config;
  readonly signer: Signer;
  readonly vault: NodeVault;
  readonly policy: OwnPolicy;
  readonly timeAuthorities: readonly TimeAuthority[];
  readonly engine: () => Engine;
  readonly sequence: () => Promise<void>;
  readonly log: (line: string) => void;
}

export const packagesFolder = ({ dataFolder }: Config): string => path.join(dataFolder, 'packages');

const waits = { checkpoint: 30_000, witnesses: 30_000, timeAuthority: 20_000 } as const;

/** What evidence packages of this installation are made with. */
export const packingDeps = ({ config, signer, vault, timeAuthorities, ...same }: Asked): PackingDeps => {
  const folder = packagesFolder(config);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    ...same,
    cases: vault,
    folder,
    // The name that the installation signs its ledger under.
    agency: signer.name,
    software: { name: 'tutela', version: '0.1.0' },
    timeAuthorities: () => timeAuthorities,
    waits,
    unseal: () => unsealOpenings(vault.keyring),
  };
};

import { systemClock } from '@tutela/core';
import { createCybertipClient } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import { defaultRules } from '@tutela/exposure';
import type { Decoder } from '@tutela/media';
import { openPlatformDesk, type Platform } from '@tutela/platform-desk';
import { openFolderVault } from '@tutela/vault';

interface PlatformGround {
  readonly db: Db;
  readonly vault: string;
  readonly decoder: Decoder;
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly timeoutMs?: number;
  readonly engine?: Engine;
  readonly between?: (moment: string) => Promise<void>;
}

/** The desk as a process has it, filing at a clearinghouse of the test's own. */
export const openPlatform = async (ground: PlatformGround): Promise<Platform> => {
  const { baseUrl, username, password, between, timeoutMs = 5000 } = ground;
  const client = createCybertipClient({ baseUrl, environment: 'test', username, password, timeoutMs });
  const engine = (): Engine => {
    if (ground.engine === undefined) throw new TypeError('this process starts no work');
    return ground.engine;
  };
  const desk = openPlatformDesk({
    db: ground.db,
    vault: (await openFolderVault(ground.vault)).forCase('platform/reports'),
    decoder: ground.decoder,
    clock: systemClock,
    engine,
    destination: { client, reporter: { company: 'Example', email: 'safety@platform.example', service: 'Example' } },
    policy: { exactMatches: 'review' },
    rules: defaultRules,
    log: (line) => process.stderr.write(`${line}\n`),
    ...(between === undefined ? {} : { between }),
  });
  return desk.platform;
};

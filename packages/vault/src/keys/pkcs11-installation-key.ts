import { execFile } from 'node:child_process';
import { constants, createHash, createPublicKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { done, refused } from '@tutela/core';
import { VaultError } from '../vault-error.js';
import type { InstallationKeys, WrappingKey } from './installation-key.js';
import type { Pkcs11Key } from './pkcs11-uri.js';
import { seal, unseal } from './seal.js';

export interface Pkcs11Options extends Pkcs11Key {
  /** Of the environment variable that holds the PIN: it stands in no argument and no file of ours. */
  readonly pinVariable: string;
}

/**
 * The installation key as an RSA key pair in a security module, reached by OpenSC's `pkcs11-tool`: the private key never
 * leaves it, and without it nobody unwraps. Wrapping needs the public key alone.
 *
 * RSA-OAEP with SHA-1, the only form that every module has; nothing in it rests on collisions of SHA-1 (RFC 8017 §7.1,
 * B.1). What it encrypts is a key that wraps one case key.
 * @throws VaultError `module-failed`
 */
export const openPkcs11InstallationKey = async (options: Pkcs11Options): Promise<InstallationKeys> => {
  const der = await pkcs11Tool(options, ['--read-object', '--type', 'pubkey'], Buffer.alloc(0));
  const key = wrappingKey(options, createPublicKey({ key: der, format: 'der', type: 'spki' }));
  return {
    current: async () => key,
    named: async (id) =>
      id === key.id ? done(key) : refused('unknown-installation-key', `the key in the module is ${key.id}, not ${id}`),
  };
};

const wrappingKey = (options: Pkcs11Options, publicKey: KeyObject): WrappingKey => {
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const rsaBytes = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return {
    id: `pkcs11-${createHash('sha256').update(der).digest('hex').slice(0, 16)}`,
    wrap: async (secret, context) => {
      const once = randomBytes(32);
      const encrypted = publicEncrypt({ key: publicKey, ...padding }, once);
      return Buffer.concat([encrypted, seal(once, secret, Buffer.from(context))]);
    },
    unwrap: async (wrapped, context) => {
      const mechanism = ['--decrypt', '--mechanism', 'RSA-PKCS-OAEP', '--hash-algorithm', 'SHA-1'];
      const once = await pkcs11Tool(
        options,
        ['--login', '--pin', `env:${options.pinVariable}`, ...mechanism],
        wrapped.subarray(0, rsaBytes),
      );
      if (once.length !== 32) throw new VaultError('key-unusable', 'this was not wrapped with the key in the module');
      return unseal(once, wrapped.subarray(rsaBytes), Buffer.from(context), 'key-unusable');
    },
  };
};

/** One call of the program: a module may be slow, so what it unwraps is remembered by the keyring. */
const pkcs11Tool = ({ module, token, id }: Pkcs11Key, args: readonly string[], input: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const place = ['--module', module, '--token-label', token, '--id', id];
    const child = execFile(
      'pkcs11-tool',
      [...place, ...args],
      { encoding: 'buffer', timeout: 60_000 },
      (cause, output, said) => {
        if (cause === null) resolve(output);
        else {
          const why = said.toString().trim().split('\n').at(-2) ?? cause.message;
          reject(new VaultError('module-failed', `pkcs11-tool: ${why}`, { cause }));
        }
      },
    );
    // A program that is not there or ends early says so by its exit.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });

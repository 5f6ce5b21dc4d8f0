import { VaultError } from '../vault-error.js';

/** A key pair in a security module, as RFC 7512 names one. */
export interface Pkcs11Key {
  /** Library of the module: `module-path`. */
  readonly module: string;
  /** Label of the token. */
  readonly token: string;
  /** CKA_ID, hexadecimal. */
  readonly id: string;
}

/**
 * Reads `pkcs11:token=…;id=%01?module-path=/usr/lib/…so`: these three attributes and no other, since an attribute that
 * nobody looks at would promise something (RFC 7512 §2.3).
 * @throws VaultError `place-unusable`
 */
export const parsePkcs11Uri = (text: string): Pkcs11Key => {
  const [, way = '', query = ''] = /^pkcs11:([^?]*)\?(.*)$/.exec(text) ?? [];
  const attributes = new Map<string, Buffer>();
  for (const pair of [...way.split(';'), ...query.split('&')]) {
    const at = pair.indexOf('=');
    attributes.set(pair.slice(0, at), percentDecoded(pair.slice(at + 1)));
  }
  const [module, token, id] = ['module-path', 'token', 'id'].map((name) => attributes.get(name));
  if (!module?.length || !token?.length || !id?.length || attributes.size !== 3) {
    throw new VaultError('place-unusable', 'a key in a module is pkcs11:token=…;id=%01?module-path=/…, nothing else');
  }
  return { module: module.toString(), token: token.toString(), id: id.toString('hex') };
};

const percentDecoded = (text: string): Buffer =>
  Buffer.concat(
    (text.match(/%[0-9a-f]{2}|[^%]|%/gi) ?? []).map((one) =>
      one.length === 3 ? Buffer.from(one.slice(1), 'hex') : Buffer.from(one),
    ),
  );

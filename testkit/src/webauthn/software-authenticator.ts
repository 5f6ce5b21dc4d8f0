import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type CborValue, encodeCbor } from './cbor.js';

/** What of the server's options for `navigator.credentials.create` an authenticator looks at. */
export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
}

/** The same for `navigator.credentials.get`. */
export interface RequestOptions {
  readonly challenge: string;
  readonly rpId?: string;
}

/** What the browser would have seen and the person would have done. */
export interface Ceremony {
  /** Of the page, such as `http://localhost:8642`. */
  readonly origin: string;
  /** Whether the person touched it, and whether it knows who they are. Default: both. */
  readonly user?: 'verified' | 'present' | 'absent';
  /** In a frame of another origin's page. */
  readonly frame?: 'own' | 'foreign';
  /** Goes up by one at each use unless said otherwise. */
  readonly counter?: number;
}

interface PublicKeyResponse<Response> {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly clientExtensionResults: Readonly<Record<string, never>>;
  readonly response: Response;
}

/** `RegistrationResponseJSON` and `AuthenticationResponseJSON` of WebAuthn Level 3 §5.1, all base64url. */
export type RegistrationResponse = PublicKeyResponse<{
  readonly clientDataJSON: string;
  readonly attestationObject: string;
}>;
export type AssertionResponse = PublicKeyResponse<{
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}>;

export interface SoftwareAuthenticator {
  /** Base64url. */
  readonly credentialId: string;
  /** SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string;
  readonly register: (options: CreationOptions, ceremony: Ceremony) => RegistrationResponse;
  readonly assert: (options: RequestOptions, ceremony: Ceremony) => AssertionResponse;
}

/** A passkey in memory: P-256, attestation "none" (WebAuthn Level 3 §6, §8.7). Real bytes, for tests. */
export const softwareAuthenticator = (): SoftwareAuthenticator => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let uses = 0;
  const dataOf = (rpId: string, { user = 'verified', counter }: Ceremony, attested: 'attested' | 'plain'): Buffer => {
    uses = counter ?? uses + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(uses);
    const flags = { verified: 0x05, present: 0x01, absent: 0x00 }[user] | (attested === 'attested' ? 0x40 : 0);
    const credential = attested === 'attested' ? [attestedCredential(id, publicKey)] : [];
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, ...credential]);
  };
  const responseOf = <Response>(response: Response): PublicKeyResponse<Response> => {
    const text = id.toString('base64url');
    return { id: text, rawId: text, type: 'public-key', clientExtensionResults: {}, response };
  };
  return {
    credentialId: id.toString('base64url'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    register: ({ challenge, rp }, ceremony) => {
      const authData = dataOf(rp.id ?? new URL(ceremony.origin).hostname, ceremony, 'attested');
      const attestation = new Map<string, CborValue>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return responseOf({
        clientDataJSON: clientData('webauthn.create', challenge, ceremony).toString('base64url'),
        attestationObject: encodeCbor(attestation).toString('base64url'),
      });
    },
    assert: ({ challenge, rpId }, ceremony) => {
      const authenticatorData = dataOf(rpId ?? new URL(ceremony.origin).hostname, ceremony, 'plain');
      const client = clientData('webauthn.get', challenge, ceremony);
      return responseOf({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: sign('sha256', Buffer.concat([authenticatorData, sha256(client)]), privateKey).toString('base64url'),
      });
    },
  };
};

/** §6.5.1: AAGUID (none), length of the id, the id, the COSE key. */
const attestedCredential = (id: Buffer, publicKey: KeyObject): Buffer => {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const es256 = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
  return Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, encodeCbor(es256)]);
};

const clientData = (type: 'webauthn.create' | 'webauthn.get', challenge: string, { origin, frame }: Ceremony): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: frame === 'foreign' }));

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

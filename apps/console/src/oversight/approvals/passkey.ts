import type { ApprovalRequestBody } from '@tutela/oversight/api';
import { send } from '../../app/api.js';
import { Problem } from '../../app/problem.js';

interface CredentialName {
  readonly id: string;
}
type Told<Options, Bytes extends string> = Omit<Options, Bytes> & { readonly challenge: string };
type RequestOptions = Told<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & {
  readonly allowCredentials: readonly CredentialName[];
};
type CreationOptions = Told<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> & {
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials: readonly CredentialName[];
};

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
const toText = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const digestOf = async (text: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
const named = ({ id }: CredentialName) => ({ type: 'public-key' as const, id: toBytes(id) });

/** @throws Problem `passkey-not-used` when whoever sits there, or the device, breaks it off */
const ceremony = async (made: Promise<Credential | null>): Promise<PublicKeyCredential> => {
  const credential = await made.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'NotAllowedError') throw new Problem(0, 'passkey-not-used');
    throw error;
  });
  if (credential === null) throw new Problem(0, 'passkey-not-used');
  return credential as PublicKeyCredential;
};

/**
 * Signs a request with a passkey (WebAuthn Level 3 §7.2). What is shown is what is signed: the digest is taken here, of
 * the text that is shown.
 * @throws Problem `other-challenge` when the node asks for a signature over something else
 */
export const approve = async ({ digest, document }: ApprovalRequestBody): Promise<void> => {
  const options = await send<RequestOptions>(`/policy/requests/${digest}/options`, {});
  const challenge = toBytes(options.challenge);
  if ((await digestOf(document)) !== toHex(challenge)) throw new Problem(0, 'other-challenge');
  const publicKey = { ...options, challenge, allowCredentials: options.allowCredentials.map(named) };
  const made = await ceremony(navigator.credentials.get({ publicKey }));
  const { clientDataJSON, authenticatorData, signature } = made.response as AuthenticatorAssertionResponse;
  await send(`/policy/requests/${digest}/approvals`, {
    id: made.id,
    rawId: toText(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
    },
  });
};

/** Makes a passkey for a person and asks for the approval of somebody else (§7.1). */
export const addPasskey = async (person: string): Promise<void> => {
  const options = await send<CreationOptions>('/policy/passkeys/options', { person });
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(named),
  };
  const made = await ceremony(navigator.credentials.create({ publicKey }));
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  const response = { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) };
  await send('/policy/passkeys', { id: made.id, rawId: toText(made.rawId), type: made.type, response });
};

import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import {
  type Approval,
  approvalText,
  type JsonPerson,
  type PersonId,
  type RequestDigest,
} from '@tutela/policy/approval';
import type { PackagePeople } from '../format/index.js';

const earlier = '2026-03-01T08:00:00.000Z' as UtcInstant;
const then = '2026-03-01T11:00:00.000Z' as UtcInstant;

export interface SampleApprovals {
  readonly people: PackagePeople;
  readonly approvals: readonly Approval[];
}

/** So many people, each with a personal key, approve a request. */
export const sampleApprovals = (digest: RequestDigest, names: readonly string[]): SampleApprovals => {
  const given = names.map((name) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const id = name as PersonId;
    const credentialId = createHash('sha256').update(spki).digest('base64url');
    const person: JsonPerson = {
      v: 1,
      id,
      addedAt: earlier,
      addedBy: 'installation',
      credentials: [
        {
          method: 'ed25519',
          algorithm: 'EdDSA',
          id: credentialId,
          publicKey: spki.toString('base64url'),
          addedAt: earlier,
          addedBy: 'installation',
        },
      ],
    };
    const signature = sign(null, approvalText(digest, id), privateKey).toString('base64url');
    const approval: Approval = {
      v: 1,
      method: 'ed25519',
      request: digest,
      person: id,
      at: then,
      credentialId,
      signature,
    };
    return { person, approval };
  });
  return {
    people: {
      v: 1,
      rules: { people: 2, origins: ['http://localhost:8642'], rpId: 'localhost' },
      people: given.map(({ person }) => person),
    },
    approvals: given.map(({ approval }) => approval),
  };
};

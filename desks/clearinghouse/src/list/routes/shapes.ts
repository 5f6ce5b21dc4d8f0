import { Type } from 'typebox';

/** What the routes of the list speak of, each once. */
export const listParams = Type.Object({ list: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }) });
export const uuid = Type.String({ format: 'uuid' });
export const limit = Type.Integer({ minimum: 1, maximum: 500, default: 50 });
export const count = Type.Integer({ minimum: 0 });
export const text = Type.String({ minLength: 1, maxLength: 2000 });
export const media = Type.Enum(['image', 'video']);
export const state = Type.Enum(['proposed', 'vouched-once', 'listed', 'withdrawn', 'refused']);
const fingerprint = Type.Optional(Type.String({ minLength: 1, maxLength: 1000 }));
export const fingerprints = Type.Object(
  {
    MD5: fingerprint,
    SHA1: fingerprint,
    SHA256: fingerprint,
    PDQ: fingerprint,
    PDNA: fingerprint,
    NETCLEAN: fingerprint,
  },
  { additionalProperties: false },
);
export const digest = Type.String({ pattern: '^[0-9a-f]{64}$' });

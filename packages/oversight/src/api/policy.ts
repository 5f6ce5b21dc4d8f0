import { type Static, Type } from 'typebox';

const text = Type.String();

/** Who is enrolled, and how many passkeys each has. */
export const peopleBody = Type.Object({
  people: Type.Array(Type.Object({ id: text, name: text, passkeys: Type.Integer({ minimum: 0 }) })),
});

/** What somebody asked others to approve. `document` is the text under the digest: whoever shows it can take the digest. */
export const approvalRequestBody = Type.Object({
  digest: text,
  document: text,
  state: Type.Enum(['open', 'refused', 'used']),
  /** People besides the requester. */
  needed: Type.Integer({ minimum: 0 }),
  approvedBy: Type.Array(Type.Object({ person: text, method: text, at: text })),
  /** Whoever asked, where they took it back. */
  refusedBy: Type.Optional(text),
  refusedBecause: Type.Optional(text),
});
export const approvalRequestsQuery = Type.Object({
  state: Type.Union([Type.Literal('open'), Type.Literal('all')], { default: 'open' }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
export const approvalRequestsBody = Type.Object({ requests: Type.Array(approvalRequestBody) });

export type PeopleBody = Static<typeof peopleBody>;
export type ApprovalRequestBody = Static<typeof approvalRequestBody>;
export type ApprovalRequestsBody = Static<typeof approvalRequestsBody>;

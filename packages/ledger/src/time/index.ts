export type { DigestName } from './algorithms.js';
export { certificatesOfPem, pemOfCertificates } from './pem.js';
export { type TimestampQuery, timestampQuery } from './query.js';
export { type ReplyFault, replyOfToken, tokenOfReply } from './reply.js';
export { type OrderFault, requestTimestamp, type StampedBytes, type TimestampOrder } from './request-timestamp.js';
export { stampedBody } from './stamped-body.js';
export {
  type ProvenTimestamp,
  type Timestamp,
  type TimestampClaim,
  type TimestampFault,
  verifyTimestamp,
} from './verify-timestamp.js';

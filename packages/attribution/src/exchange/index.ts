export {
  type AnswerDocument,
  answerDocumentFormat,
  answerDocumentSchema,
  readAnswerDocument,
  type SubscriberIdentity,
  subscriberIdentitySchema,
} from './answer-document.js';
export { type AskedObservation, askedOf, fieldsOfAsked, readAlike } from './asked-observation.js';
export {
  disclosureOrderOf,
  type OrderDocument,
  type OrderFault,
  orderDigest,
  orderDocumentSchema,
  orderFormat,
  readOrderDocument,
  readPrefix,
} from './order-document.js';
export {
  type ExchangeProblem,
  exchangeProblemSchema,
  type OrderState,
  orderStateFormat,
  orderStateSchema,
  readOrderState,
} from './order-state.js';

export { type CarryDeps, carryOrder, sweepOrders } from './carry-order.js';
export { type ConfirmFault, confirmObservation } from './confirm-observation.js';
export { type DraftFault, draftOrder, type OrderWish } from './draft-order.js';
export { groupObservations, type ProviderGroup } from './group.js';
export {
  importObserved,
  type ObservationFault,
  type ObservationImport,
  type ObservedRecords,
} from './import-observations.js';
export {
  type CheckAnswerFault,
  checkLetterAnswer,
  type EnterAnswerFault,
  enterLetterAnswer,
} from './letter/enter-answer.js';
export { letterPdf } from './letter/letter-pdf.js';
export { emailText, type LetterInput } from './letter/letter-text.js';
export { notePosted, type PostedFault } from './letter/note-posted.js';
export {
  importObservedInReport,
  type ObservedInReport,
  type ReportImport,
  type ReportStatement,
} from './observed-in-report.js';
export { type OrderingDeps, type Orders, openOrders } from './open-orders.js';
export {
  type AnsweredObservation,
  letterInputOf,
  listOrderSummaries,
  type OrderSummary,
  type OrderView,
  viewOrder,
} from './order-view.js';
export { type Preview, type PreviewedObservation, type Prospect, previewOrder } from './preview.js';
export { importRanges, type NewProvider, noteProvider, type RangesToImport } from './providers.js';
export { type ObservationId, type OrderId, type OrderState, type PostingWay, postingWays } from './schema.js';
export { askToSend, carryWorkflow, orderAction, type SendFault, sendOrder } from './send-order.js';

export { createFeedClient, type FeedAddress, type FeedClient, type FeedFault } from './client.js';
export * from './documents.js';
export { type FeedbackOutcome, feedbackOutcomes, type Usefulness, usefulnesses } from './outcomes.js';

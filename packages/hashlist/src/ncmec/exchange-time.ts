import type { ExchangeTime } from './documents.js';

/** Without milliseconds, as the protocol writes a moment. */
export const exchangeTime = (milliseconds: number): ExchangeTime =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

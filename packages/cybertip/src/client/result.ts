import { type Done, done, type Failed, failed, type Refused, refused } from '@tutela/core';
import type { Findings } from '../finding.js';
import { nameOfCode, type RefusalCode } from '../response-code.js';
import { readServiceAnswer, type ServiceAnswer } from './service-answer.js';
import type { Exchange, Lost } from './transport.js';

/** What a support request to the clearinghouse needs to name. */
export interface Trace {
  readonly httpStatus: number;
  readonly requestId?: string;
}

/** The service answered with a code other than 0. `responseCode` is the number itself, also when it is unlisted. */
export interface Declined extends Refused<RefusalCode>, Trace {
  readonly responseCode: number;
}
/**
 * No usable answer. `effect` tells whether the request may have been carried out all the same: after `unknown` the
 * state of the report has to be probed before anything is filed again (protocols.md §1.4).
 */
export interface Unanswered extends Failed<Lost['code'] | 'unreadable-answer'> {
  readonly effect: 'none' | 'unknown';
}
/** The client itself refused the document; nothing was sent. */
export interface Unfit extends Refused<'unfit'> {
  readonly findings: Findings;
}
export type Answered<Value> = (Done<Value> & Trace) | Declined | Unanswered;

/** The meaning of an exchange: decided by the code in the body, since HTTP statuses differ between servers. */
export const answered = (exchange: Exchange | Lost): Answered<ServiceAnswer> => {
  if ('effect' in exchange) return { ...failed(exchange.code, exchange.message), effect: exchange.effect };
  const { status, requestId, body, contentType } = exchange;
  const trace: Trace = { httpStatus: status, ...(requestId === undefined ? {} : { requestId }) };
  const answer = readServiceAnswer(body, contentType);
  if (answer === undefined) return unreadable(status, trace);
  const name = nameOfCode(answer.responseCode);
  if (name === 'success') return { ...done(answer), ...trace };
  const message = answer.responseDescription ?? '';
  // In 2016 a bad password was code 1000 with status 401; today the body may be empty (protocols.md §1.2).
  const code = status === 401 ? 'authentication-required' : name;
  return { ...refused(code, message), responseCode: answer.responseCode, ...trace };
};

const unreadable = (status: number, trace: Trace): Declined | Unanswered =>
  status === 401
    ? { ...refused('authentication-required', 'the credentials were not accepted'), responseCode: 2000, ...trace }
    : {
        ...failed('unreadable-answer', `the answer with HTTP status ${status} holds no response code`),
        effect: 'unknown',
      };

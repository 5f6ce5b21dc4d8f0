import { CodedError } from '@tutela/core';
import type { Ending } from '../exit-codes.js';
import { TutelaError } from '../tutela-error.js';
import { printable } from './printable.js';

/** An error as a person reads it: one line on what happened, one on what to do. */
export interface Explanation {
  readonly ending: Exclude<Ending, 'done'>;
  readonly what: string;
  readonly advice: string;
}

const askForMore = 'Run it again with TUTELA_DEBUG=1 to see where.';
/** Errors of the packages that are somebody's to mend; by class and code. */
const known: Readonly<Record<string, Pick<Explanation, 'ending' | 'advice'>>> = {
  'PlatformError/no-such-list': { ending: 'usage', advice: 'tutela list show names the lists there are.' },
  'PlatformError/no-such-scan': { ending: 'usage', advice: 'tutela status names the latest scans.' },
  'DatabaseError/no-binaries': { ending: 'internal', advice: 'Set DATABASE_URL to a PostgreSQL server (15 or later).' },
};
const networkFaults = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH']);

export const explain = (error: unknown): Explanation => {
  if (error instanceof TutelaError) return { ending: error.code, what: printable(error.message), advice: error.advice };
  const what = printable(error instanceof Error ? error.message || error.name : String(error));
  const network = networkFaultIn(error);
  if (network !== undefined) {
    const advice = 'Is DATABASE_URL right and the server up? Without DATABASE_URL Tutela brings its own.';
    return { ending: 'internal', what: `The database does not answer (${network}).`, advice };
  }
  if (error instanceof CodedError) {
    return { what, ...(known[`${error.name}/${error.code}`] ?? { ending: 'internal', advice: askForMore }) };
  }
  return { ending: 'internal', what: `Tutela broke off: ${what}`, advice: askForMore };
};

/** What goes to stderr; with TUTELA_DEBUG=1 the stack too, and what caused it. */
export const formatError = (error: unknown, env: Readonly<Record<string, string | undefined>>): string => {
  const { what, advice } = explain(error);
  const lines = [what, advice];
  if (env.TUTELA_DEBUG === '1') lines.push('', ...stacksOf(error));
  return lines.join('\n');
};

/** Whatever wraps it, such as a migration that could not begin. */
const networkFaultIn = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && networkFaults.has(code) ? code : networkFaultIn(error.cause);
};

const stacksOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [];
  const own = error.stack ?? error.message;
  return error.cause === undefined ? [own] : [own, 'caused by:', ...stacksOf(error.cause)];
};

import { readWindow, type Stretch, type WindowAsked } from '@tutela/window';
import type { DraftBody, FilingBody, FilingRow, FilingsWindowBody } from '../api/filings.js';
import type { PlatformDeps } from '../deps.js';
import { countFilingWindow, type FilingFilter, filingRowById, readFilingWindow } from '../queries/filing-window.js';
import { filesOfFiling, filesToFile, filingById, filingUnderWay, stepsOfFiling } from '../queries/filings.js';
import { fileableMatches } from '../queries/matches.js';
import { documentsOf } from './documents-of.js';

type Deps = Pick<PlatformDeps, 'db' | 'clock' | 'destination'>;

/** A window of the reports that a filter leaves, newest first. */
export const filingWindow = ({ db }: Deps, filter: FilingFilter, asked: WindowAsked): Promise<FilingsWindowBody> =>
  readWindow(
    {
      read: (stretch: Stretch) => readFilingWindow(db, filter, stretch),
      count: () => countFilingWindow(db, filter),
      keyOf: ({ openedAt, id }: FilingRow) => [openedAt, id],
      keyLength: 2,
    },
    asked,
  ) as Promise<FilingsWindowBody>;

/** A report with what it says and every request and answer; `undefined` where there is none. */
export const filingPage = async ({ db, destination }: Deps, id: string): Promise<FilingBody | undefined> => {
  const [filing, row] = await Promise.all([filingById(db, id), filingRowById(db, id)]);
  if (filing === undefined || row === undefined) return undefined;
  const [files, steps] = await Promise.all([filesOfFiling(db, id), stepsOfFiling(db, id)]);
  return {
    ...row,
    documents: destination === undefined ? null : await documentsOf(db, filing, files, destination.reporter),
    steps: steps.map(({ detail, ...step }) => ({ ...step, ...said(detail) })),
  };
};

/** What the next report of an account will be, by what is decided now. */
export const draftOfAccount = async ({ db, clock, destination }: Deps, account: string): Promise<DraftBody> => {
  const [{ confirmed, undecided }, underWay] = await Promise.all([
    fileableMatches(db, account),
    filingUnderWay(db, account),
  ]);
  const filing = { account, opened_at: clock.now(), report_number: null };
  return {
    account,
    destination:
      destination === undefined
        ? null
        : {
            environment: destination.client.environment,
            company: destination.reporter.company,
            service: destination.reporter.service,
          },
    undecided,
    confirmed: confirmed.length,
    underWay: underWay?.id ?? null,
    documents:
      destination === undefined || confirmed.length === 0
        ? null
        : await documentsOf(db, filing, await filesToFile(db, confirmed), destination.reporter),
  };
};

type Said = Pick<FilingBody['steps'][number], 'kind' | 'code' | 'httpStatus' | 'requestId'>;

/** What of an answer is told; `settle` wrote it. */
const said = (detail: object): Said => {
  const { kind, code, httpStatus, requestId } = detail as Readonly<Record<string, unknown>>;
  const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    kind: textOf(kind),
    code: textOf(code),
    httpStatus: typeof httpStatus === 'number' ? httpStatus : null,
    requestId: textOf(requestId),
  };
};

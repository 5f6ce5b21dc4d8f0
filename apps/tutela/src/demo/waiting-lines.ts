import type { DemoRequest } from './ask-abroad.js';
import type { LeftMatch } from './left-matches.js';
import type { DemoResult } from './run-demo.js';
import type { DemoList } from './share-list.js';

/** What waits for somebody, a line for each: matches, an entry of a shared list, an answer from abroad. */
export const waitingLines = ({
  left,
  list,
  request,
}: Pick<DemoResult, 'left' | 'list' | 'request'>): readonly string[] => [
  ...leftLines(left),
  list === undefined
    ? 'shared list: none here, since other people than the demonstration’s are enrolled'
    : listLine(list),
  ...(request === undefined ? [] : [requestLine(request)]),
];

const says = { waiting: 'waiting for review', confirmed: 'confirmed', dismissed: 'dismissed' } as const;

const leftLines = (left: readonly LeftMatch[]): readonly string[] =>
  (['waiting', 'confirmed', 'dismissed'] as const).flatMap((state) => {
    const named = left.filter((one) => one.state === state).map((one) => `${one.account}/${one.name} (${one.found})`);
    return named.length === 0 ? [] : [`${says[state]}: ${named.join(', ')}`];
  });

const listLine = ({ list, listed, withdrawn, waiting, version }: DemoList): string => {
  const published = version === null ? 'not published' : `published as version ${version}`;
  return `shared list ${list}: ${listed} listed, ${withdrawn} withdrawn, ${waiting} waiting for a second reviewer; ${published}`;
};

const ends = { reply: 'an answer awaited until', 'preservation-ends': 'data kept until' } as const;

const requestLine = ({ kind, reportNumber, addressee, country, state, deadlines }: DemoRequest): string => {
  const running = deadlines.filter((one) => one.state === 'running').map((one) => `, ${ends[one.kind]} ${one.at}`);
  return `request abroad (${kind}) about report ${reportNumber} to ${addressee}, ${country}: ${state}${running.join('')}`;
};

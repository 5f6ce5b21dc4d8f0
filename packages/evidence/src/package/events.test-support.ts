import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What a test looks at of a line of events.jsonl. */
export interface EventSummary {
  readonly type: string;
  readonly caseRef?: string;
  readonly caseSeq?: number;
  readonly payload?: unknown;
  readonly withheld?: string;
}

export const eventsOf = async (folder: string): Promise<readonly EventSummary[]> => {
  const text = await readFile(path.join(folder, 'data/ledger/events.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { entry, opening, withheld } = JSON.parse(line) as {
        readonly entry: EventSummary;
        readonly opening?: { readonly payload: { readonly payload: unknown } };
        readonly withheld?: string;
      };
      return { ...entry, payload: opening?.payload.payload, ...(withheld !== undefined && { withheld }) };
    });
};

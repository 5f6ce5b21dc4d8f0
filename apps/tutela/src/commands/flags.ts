/** Flags that several commands have, with one name and one meaning. */
export const dataFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  placeholder: 'folder',
  brief: 'Data folder (default: TUTELA_DATA, else .tutela in the repository)',
} as const;

export const jsonFlag = { kind: 'boolean', default: false, withNegated: false, brief: 'One JSON document' } as const;
export const jsonlFlag = {
  kind: 'boolean',
  default: false,
  withNegated: false,
  brief: 'One JSON line for each',
} as const;

const parseLimit = (text: string): number => {
  const limit = Number(text);
  if (/^\d{1,5}$/.test(text) && limit >= 1 && limit <= 10_000) return limit;
  throw new SyntaxError('not a whole number from 1 to 10000');
};
export const limitFlag = {
  kind: 'parsed',
  parse: parseLimit,
  default: '100',
  placeholder: 'n',
  brief: 'At most so many, newest first',
} as const;

export interface DataFlags {
  readonly data?: string;
}
export interface OutputFlags {
  readonly json: boolean;
  readonly jsonl: boolean;
}

/** What goes on record must say something. */
export const nonEmpty = (text: string): string => {
  if (text.trim() !== '') return text;
  throw new SyntaxError('must not be empty');
};

export const word = (placeholder: string, brief: string) =>
  ({ kind: 'parsed', parse: nonEmpty, placeholder, brief }) as const;
export const optionalWord = (placeholder: string, brief: string) =>
  ({ ...word(placeholder, brief), optional: true }) as const;
export const choice = <const Values extends readonly string[]>(values: Values, brief: string) =>
  ({ kind: 'enum', values, brief }) as const;

export const wholeNumber = (text: string): number => {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new SyntaxError('not a whole number from 1');
};

const list = { parse: nonEmpty, placeholder: 'list', brief: 'Name of a list' } as const;

export const oneList = (placeholder: string, brief: string) =>
  ({ kind: 'tuple', parameters: [{ parse: nonEmpty, placeholder, brief }] }) as const;
export const onlyList = { kind: 'tuple', parameters: [list] } as const;
export const listAnd = (placeholder: string, brief: string) =>
  ({ kind: 'tuple', parameters: [list, { parse: nonEmpty, placeholder, brief }] }) as const;
export const listAndMember = {
  kind: 'tuple',
  parameters: [list, { parse: wholeNumber, placeholder: 'member', brief: 'Number of a member' }],
} as const;

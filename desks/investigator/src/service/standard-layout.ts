import type { RecordFormat } from './read/formats.js';

const account = /\/files\/([^/\s]+)\//;
const desk = 'abuse@locker.example';

const layout: readonly (readonly [RegExp, RecordFormat])[] = [
  [/^server\/db\/users\.csv$/, { kind: 'accounts-csv' }],
  [/^server\/db\/shares\.csv$/, { kind: 'shares-csv' }],
  [/^server\/log\/access-[0-9-]+\.log$/, { kind: 'access-log' }],
  [/^server\/mail\/abuse\.mbox$/, { kind: 'abuse-mbox', desk, account }],
  [/^server\/billing\/payments\.csv$/, { kind: 'payments-csv' }],
  [/^server\/admin\/staff-access\.csv$/, { kind: 'staff-csv' }],
  [/^server\/admin\/takedowns\.csv$/, { kind: 'takedowns-csv' }],
];

/** What a file of the synthetic service is, by its path: of a real one a person says so. */
export const recordsOf = (file: string): RecordFormat | undefined => layout.find(([form]) => form.test(file))?.[1];

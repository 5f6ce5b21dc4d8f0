/**
 * The service's codes by name (protocols.md §1.5). The documentation calls the list non-exhaustive: any other code is
 * `unlisted`.
 */
export const responseCodes = {
  success: 0,
  'server-error': 1000,
  'save-failed': 1100,
  'upload-failed': 1110,
  'file-upload-failed': 1111,
  'resource-not-found': 1210,
  'update-failed': 1300,
  'authentication-required': 2000,
  'not-authorised': 3000,
  'no-authority-to-submit': 3100,
  'no-authority-to-update': 3300,
  'invalid-request': 4000,
  'validation-failed': 4100,
  'malformed-xml': 4110,
  'malformed-file': 4200,
  'report-unknown': 5001,
  'file-unknown': 5002,
  'report-retracted': 5101,
  'report-finished': 5102,
} as const satisfies Readonly<Record<string, number>>;

export type ResponseCodeName = keyof typeof responseCodes;
export type RefusalCode = Exclude<ResponseCodeName, 'success'> | 'unlisted';

const names = new Map<number, ResponseCodeName>(
  Object.entries(responseCodes).map(([name, code]) => [code, name as ResponseCodeName]),
);

export const nameOfCode = (code: number): ResponseCodeName | 'unlisted' => names.get(code) ?? 'unlisted';

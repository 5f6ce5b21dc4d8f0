import { createHash } from 'node:crypto';

export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Harmless, and nobody's. */
export const pictures = ['a beach', 'a mountain', 'a cat'].map(bytesOf) as [Uint8Array, Uint8Array, Uint8Array];

export const fileOf = (filename: string, bytes: Uint8Array | undefined, more: object = {}): object => ({
  filename,
  verificationHash: bytes === undefined ? null : md5Of(bytes),
  ...more,
});

/** A delivered document; `number` sets one apart from the others. */
export const documentOf = (number: number, uploadedFiles: readonly object[] = [], more: object = {}): string =>
  JSON.stringify({
    reportId: number,
    dateReceived: '2026-03-01T12:00:00Z',
    reportedInformation: {
      reportingEsp: { espName: 'Platform Ltd', lastName: 'Safety' },
      incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
      reportedPeople: {
        reportedPersons: [
          {
            firstName: null,
            screenName: { value: 'someone' },
            espUserId: 'u-17',
            emails: { emails: [{ value: 'a@b.example', verified: true }] },
            sourceInformation: {
              sourceCaptures: [
                {
                  captureType: 'IP Address',
                  value: '192.0.2.7',
                  port: 51_344,
                  dateTime: '2026-03-01T09:00:00Z',
                  eventName: 'LOGIN',
                },
              ],
            },
          },
        ],
      },
      intendedRecipients: { intendedRecipients: [{ screenName: { value: 'somebody else' } }] },
      uploadedFiles: { uploadedFiles },
      ...more,
    },
  });

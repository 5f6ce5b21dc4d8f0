import type { FileDetails, Report } from '@tutela/cybertip';

/** A report with something in most places, in several scripts. */
export const richReport: Report = {
  incidentSummary: {
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
    platform: 'Example Chat',
    escalateToHighPriority: 'The account wrote today.',
    reportAnnotations: { csamSolicitation: true },
    incidentDateTime: '2026-03-01T10:15:00Z',
    incidentDateTimeDescription: 'Time of detection by the platform; the time of upload stands with each file.',
  },
  internetDetails: [
    { webPageIncident: { url: ['https://chat.example/a?b=1'], additionalInfo: 'a public channel' } },
    { chatImIncident: { chatClient: 'Example Chat', content: 'first line\nsecond line' } },
  ],
  lawEnforcement: { agencyName: 'Unidad de Delitos Informáticos', caseNumber: 'PY-2026-17' },
  reporter: {
    reportingPerson: { firstName: 'Trust', lastName: 'and Safety', email: [{ value: 'safety@platform.example' }] },
    companyTemplate: 'Send legal process to legal@platform.example. '.repeat(12),
    legalURL: 'https://platform.example/legal',
  },
  personOrUserReported: [
    {
      personOrUserReportedPerson: {
        firstName: 'Zoë',
        lastName: 'Ñandutí',
        age: 41,
        email: [{ value: 'someone@mail.example', verified: true }, { value: 'other@mail.example' }],
        phone: [{ value: '595981000000', countryCallingCode: '+595' }],
        address: [{ address: 'Calle 1', city: 'Asunción', country: 'PY' }],
      },
      espIdentifier: 'user-77',
      espService: 'Example Chat',
      screenName: 'Маша_山田_🐘_\u202Egpj.exe',
      profileUrl: ['https://chat.example/u/77'],
      profileBio: 'A bio that goes on. '.repeat(400),
      ipCaptureEvent: [
        {
          ipAddress: '192.0.2.7',
          eventName: 'Login',
          dateTime: '2026-03-01T10:00:00Z',
          port: 51_344,
          possibleProxy: false,
        },
        { ipAddress: '2001:db8:0:1:2:3:4:5', possibleProxy: true },
        { ipAddress: '198.51.100.9' },
      ],
      deviceId: [{ idType: 'IMEI', idValue: '490154203237518' }],
      associatedAccount: [{ accountType: 'Linked', screenName: 'second-account', espService: 'Other Service' }],
      additionalInfo: 'Free text with everything else.',
    },
  ],
  victim: [{ victimPerson: { age: 12 }, schoolName: 'Escuela 5' }],
  additionalInfo: 'Three files agree with a list of known material.',
};

/** What the reporter says of each of its files; of the last it says nothing. */
export const richDetails: readonly (Omit<FileDetails, 'reportId' | 'fileId'> | undefined)[] = [
  {
    originalFileName: 'DSC_0001.jpg',
    uploadedToEspTimestamp: '2026-02-27T08:01:02Z',
    fileViewedByEsp: true,
    exifViewedByEsp: false,
    publiclyAvailable: false,
    fileRelevance: 'Reported',
    industryClassification: 'B1',
    originalFileHash: [
      { hashType: 'SHA256', value: 'ab'.repeat(32) },
      { hashType: 'PDQ', value: 'cd'.repeat(32) },
    ],
    ipCaptureEvent: { ipAddress: '192.0.2.7', eventName: 'Upload', dateTime: '2026-02-27T08:01:02Z', port: 40_001 },
    additionalInfo: ['Detected 2026-03-01T10:15:00Z. The file’s SHA256 equals that of list "known", line 7.'],
  },
  { fileViewedByEsp: false, uploadedToEspTimestamp: '2026-02-28T23:59:59Z' },
  undefined,
];

export const richFiles: readonly { readonly name: string; readonly bytes: Uint8Array }[] = [
  { name: 'DSC_0001.jpg', bytes: new TextEncoder().encode('one harmless picture') },
  { name: '../../etc/passwd', bytes: new TextEncoder().encode('another harmless picture') },
  { name: `${'lang'.repeat(60)}.png`, bytes: new Uint8Array(300_000).fill(7) },
];

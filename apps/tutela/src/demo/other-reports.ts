import type { FileDetails, Report } from '@tutela/cybertip';

/** A report that another service files, of one harmless picture. */
export interface OtherReport {
  /** When it happened, before now; a report about today is treated otherwise than one about last year. */
  readonly minutesAgo: number;
  readonly incident: Omit<Report['incidentSummary'], 'incidentDateTime' | 'incidentDateTimeDescription' | 'platform'>;
  readonly account: string;
  /** From the documentation ranges (RFC 5737); absent: the service does not say. */
  readonly ip?: string;
  readonly more?: Partial<Report>;
  readonly seed: number;
  readonly file: Partial<FileDetails>;
}

const production = { incidentType: 'Child Pornography (possession, manufacture, and distribution)' } as const;
const [paraguay, unitedStates, brazil] = ['192.0.2.7', '198.51.100.77', '203.0.113.9'] as const;
const viewed = { fileViewedByEsp: true } as const;
const [day, week] = [1440, 10_080] as const;

/**
 * Of differing urgency, none of anything real: one child whom somebody means to meet today, one journey, ordinary ones, one
 * of a child's own account, one that identifies nobody, three of one picture that goes round.
 */
export const otherReports: readonly OtherReport[] = [
  { minutesAgo: 3 * week, incident: production, account: 'walker-12', ip: unitedStates, seed: 201, file: viewed },
  { minutesAgo: 9 * day, incident: production, account: 'painter-4', ip: brazil, seed: 202, file: {} },
  ...['sharer-1', 'sharer-2', 'sharer-3'].map((account, nth) => ({
    minutesAgo: (nth + 2) * day,
    incident: production,
    account,
    ip: nth === 1 ? brazil : unitedStates,
    seed: 203,
    file: { ...viewed, fileAnnotations: { viral: true } } as const,
  })),
  {
    minutesAgo: 40,
    incident: {
      incidentType: 'Online Enticement of Children for Sexual Acts',
      escalateToHighPriority: 'The account asked a child of twelve to meet after school today. Invented.',
    },
    account: 'stranger-at-school',
    ip: paraguay,
    more: {
      victim: [{ victimPerson: { age: 12 }, schoolName: 'School No. 5 (invented)' }],
      additionalInfo: 'Wrote: "I can pick you up at three." Invented for the demonstration.',
    },
    seed: 204,
    file: { ...viewed, fileAnnotations: { liveStreaming: true } },
  },
  {
    minutesAgo: 2 * day,
    incident: { incidentType: 'Child Sex Tourism' },
    account: 'traveller-9',
    ip: brazil,
    seed: 205,
    file: { fileViewedByEsp: false },
  },
  {
    minutesAgo: day,
    incident: production,
    account: 'young-artist',
    ip: brazil,
    seed: 206,
    file: { ...viewed, fileAnnotations: { possibleSelfProduction: true } },
  },
  { minutesAgo: 5 * day, incident: production, account: 'nobody-knows', seed: 207, file: {} },
];

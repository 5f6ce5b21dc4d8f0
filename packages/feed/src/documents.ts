import { type Static, Type } from 'typebox';
import { feedbackOutcomes, usefulnesses } from './outcomes.js';

/** Where authorities come in with credentials of their own. */
export const feedPrefix = '/feed/v1/';

/** At most so many entries come at once. */
export const largestPage = 500;

const text = Type.String();
const instant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
const country = Type.String({ pattern: '^[A-Z]{2}$' });
const count = Type.Integer({ minimum: 0 });
/** RFC 9562. */
export const referralIdPattern = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
/** Digits, since JavaScript's numbers end earlier. */
export const reportNumberPattern = '^[1-9][0-9]{0,17}$';

const referral = {
  referralId: Type.String({ pattern: referralIdPattern }),
  /** `bundle`: many reports about one thing, sent as one. */
  kind: Type.Enum(['report', 'bundle']),
  country,
  /** `informational`: not enough to act on, or viral; made available and marked as such. */
  label: Type.Enum(['referral', 'informational']),
  /** `diverted`: a child may be the one reported, or the account was somebody else's; for child protection. */
  lane: Type.Enum(['crisis', 'normal', 'diverted']),
  incidentType: text,
  reports: count,
  madeAt: instant,
  state: Type.Enum(['available', 'downloaded', 'acknowledged', 'superseded', 'recalled']),
} as const;

export const referralSummarySchema = Type.Object(referral);

/** One line of the feed. Positions of one authority are dense and ascend from 1: a gap is a loss. */
export const feedEntrySchema = Type.Object({
  position: Type.Integer({ minimum: 1 }),
  /**
   * `relabelled`: its label or lane is another; `recalled`: withdrawn, whether it was downloaded or not; `superseded`: it
   * comes again within a bundle; `restored`: that bundle was recalled.
   */
  change: Type.Enum(['made', 'relabelled', 'recalled', 'superseded', 'restored']),
  at: instant,
  referral: referralSummarySchema,
});

export const feedPageSchema = Type.Object({
  entries: Type.Array(feedEntrySchema),
  /** Give it as `since` next time; the same as was given where nothing is new. */
  next: Type.Integer({ minimum: 0 }),
});

export const referralDocumentSchema = Type.Object({
  ...referral,
  labelReason: text,
  /** Why it was withdrawn or superseded. */
  reason: Type.Union([text, Type.Null()]),
  acknowledgedAt: Type.Union([instant, Type.Null()]),
  reportNumbers: Type.Array(Type.String({ pattern: reportNumberPattern })),
});

/** Without a report number: of all reports of the referral. The newest word on a report counts. */
export const feedbackSchema = Type.Object(
  {
    reportNumber: Type.Optional(Type.String({ pattern: reportNumberPattern })),
    usefulness: Type.Enum([...usefulnesses]),
    outcome: Type.Enum([...feedbackOutcomes]),
  },
  { additionalProperties: false },
);

export const acknowledgementSchema = Type.Object(
  {
    /** The authority's own file number or other word, kept as the receipt. */
    receipt: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false },
);

/** Reports by what became of them, the authority's own. */
export const feedStatisticsSchema = Type.Object({
  referrals: Type.Record(Type.String(), count),
  reports: count,
  usefulness: Type.Record(Type.String(), count),
  outcomes: Type.Record(Type.String(), count),
});

export const feedProblemSchema = Type.Object({ code: text, message: text });

export type ReferralSummary = Static<typeof referralSummarySchema>;
export type FeedEntry = Static<typeof feedEntrySchema>;
export type FeedPage = Static<typeof feedPageSchema>;
export type ReferralDocument = Static<typeof referralDocumentSchema>;
export type Feedback = Static<typeof feedbackSchema>;
export type Acknowledgement = Static<typeof acknowledgementSchema>;
export type FeedStatistics = Static<typeof feedStatisticsSchema>;
export type FeedProblem = Static<typeof feedProblemSchema>;
/** In which a report is downloaded. */
export type ReportForm = 'json' | 'pdf' | 'zip';

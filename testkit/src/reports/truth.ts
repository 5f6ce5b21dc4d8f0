/** What a made report is: each kind is a way in which reports differ for whoever has to act on them. */
export const reportKinds = [
  'ordinary',
  /** One picture that hundreds of accounts pass on. */
  'viral',
  /** The same, and the reporter says so. */
  'marked-viral',
  /** A page that several services tell of. */
  'told-again',
  'escalated',
  'live-streaming',
  'victim-named',
  'travel',
  'plan-to-meet',
  'nobody-named',
  'nowhere',
  'nothing-to-see',
  'recipient-only',
  'compromised-account',
  'self-production',
  'between-minors',
  'two-countries',
  'behind-a-proxy',
  'address-of-nobody',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/**
 * What is true of a report by how it was made, under the policy that Tutela comes with. No part of the program that is
 * tested has a say in it.
 */
export interface ReportTruth {
  /** Stands in the report (`/report/additionalInfo`), so that it is known again whatever number it gets. */
  readonly key: string;
  readonly kind: ReportKind;
  /** Sorted ISO 3166 codes. */
  readonly countries: readonly string[];
  readonly lane: 'crisis' | 'normal' | 'diverted';
  readonly label: 'referral' | 'informational';
  readonly labelReason: string;
  /** What ties it to others. */
  readonly account?: string;
  readonly page?: string;
  /** Each with the file's content: pictures that look the same have one `picture`. */
  readonly pictures: readonly { readonly picture: string; readonly content: string }[];
}

/** Lane, label and its reason by kind: what the reporter filled in decides, never what is seen. */
export const judgementOf: Readonly<Record<ReportKind, Pick<ReportTruth, 'lane' | 'label' | 'labelReason'>>> = (() => {
  const enough = { lane: 'normal', label: 'referral', labelReason: 'enough-to-act' } as const;
  const crisis = { lane: 'crisis', label: 'referral', labelReason: 'crisis' } as const;
  const diverted = { ...enough, lane: 'diverted' } as const;
  const lacks = (labelReason: string) => ({ lane: 'normal', label: 'informational', labelReason }) as const;
  return {
    ordinary: enough,
    viral: enough,
    'marked-viral': { ...enough, labelReason: 'awaits-a-person' },
    'told-again': enough,
    escalated: crisis,
    'live-streaming': crisis,
    'victim-named': crisis,
    travel: crisis,
    'plan-to-meet': crisis,
    'nobody-named': lacks('user.identified'),
    nowhere: lacks('user.located'),
    'nothing-to-see': lacks('material'),
    'recipient-only': { ...lacks('user.identified'), lane: 'diverted' },
    'compromised-account': diverted,
    'self-production': diverted,
    'between-minors': diverted,
    'two-countries': enough,
    'behind-a-proxy': enough,
    'address-of-nobody': enough,
  };
})();

import type { CategorizationGroup, FeedbackReason, FingerprintType } from '@tutela/hashlist';

/** What an entry shows, by the names of the official sample; the numbers are this installation's and never change. */
export const categorizationGroups: readonly CategorizationGroup[] = [
  {
    name: 'Content',
    allowMultiple: 'false',
    categorizations: [
      { guid: '5d0e7a0e-3a3f-4d0c-8f0e-0f6c1f1f9a01', name: 'Known Minor' },
      { guid: '5d0e7a0e-3a3f-4d0c-8f0e-0f6c1f1f9a02', name: 'Clothed Child' },
      { guid: '5d0e7a0e-3a3f-4d0c-8f0e-0f6c1f1f9a03', name: 'Unclothed Child' },
      { guid: '5d0e7a0e-3a3f-4d0c-8f0e-0f6c1f1f9a04', name: 'Unconfirmed CSAM' },
      { guid: '5d0e7a0e-3a3f-4d0c-8f0e-0f6c1f1f9a05', name: 'Generative AI' },
    ],
  },
  {
    name: 'Spread',
    allowMultiple: 'true',
    categorizations: [
      { guid: '5d0e7a0e-3a3f-4d0c-8f0e-0f6c1f1f9b01', name: 'Potential Meme' },
      { guid: '5d0e7a0e-3a3f-4d0c-8f0e-0f6c1f1f9b02', name: 'Viral' },
    ],
  },
];

export const categoryNames: ReadonlySet<string> = new Set(
  categorizationGroups.flatMap(({ categorizations }) => categorizations.map(({ name }) => name)),
);

const wrong = 'Does not depict what it is listed for';
/** Why a fingerprint is no good, in the words that members may choose from. */
export const feedbackReasons: readonly FeedbackReason[] = [
  { guid: '9b7c2c7e-51aa-4d53-9c55-7f2a8c3b0c01', name: wrong },
  { guid: '9b7c2c7e-51aa-4d53-9c55-7f2a8c3b0c02', name: 'Matches other content' },
  { guid: '9b7c2c7e-51aa-4d53-9c55-7f2a8c3b0c03', name: 'Fingerprint is malformed' },
];

/** A cryptographic hash matches nothing else: only what is perceptual can. */
export const reasonsFor = (type: FingerprintType): readonly FeedbackReason[] =>
  type === 'MD5' || type === 'SHA1'
    ? feedbackReasons.filter(({ name }) => name !== 'Matches other content')
    : feedbackReasons;

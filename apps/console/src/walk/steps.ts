import type { Story } from './story.js';

export const stepIds = [
  'upload',
  'match',
  'review',
  'report',
  'referral',
  'case',
  'order',
  'answer',
  'package',
  'verify',
] as const;
export type StepId = (typeof stepIds)[number];

const inCase = (story: Story, rest: string): string | undefined =>
  story.case === undefined ? undefined : `/desk/investigator/cases/${encodeURIComponent(story.case)}${rest}`;
const whereMatch = ({ match }: Story): string | undefined => match && `/desk/platform/matches/${match.id}`;
const wherePackage = (story: Story): string | undefined =>
  story.package === undefined ? undefined : inCase(story, `/packages/${encodeURIComponent(story.package)}`);

/** The screen where a step can be seen, with the very thing it is about; absent while that does not exist. */
const places: Readonly<Record<StepId, (story: Story) => string | undefined>> = {
  upload: () => '/desk/platform/upload',
  match: whereMatch,
  review: (story) => (story.match?.state === 'waiting' ? undefined : whereMatch(story)),
  report: ({ filing }) => filing && `/desk/platform/reports/${filing}`,
  referral: ({ referral }) => referral && `/desk/clearinghouse/referrals/${referral}`,
  case: (story) => inCase(story, ''),
  order: (story) => story.order && inCase(story, `/orders/${story.order.id}`),
  answer: ({ providerOrder }) => providerOrder && `/desk/provider/orders/${providerOrder}`,
  package: wherePackage,
  verify: wherePackage,
};

export const placeOf = (step: StepId, story: Story): string | undefined => places[step](story);

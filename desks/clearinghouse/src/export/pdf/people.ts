import type { Report } from '@tutela/cybertip';
import { type Block, type Fact, facts, heading } from './blocks.js';
import { captureText, notStated, remainingFacts, textOr } from './facts.js';

type Reported = NonNullable<Report['personOrUserReported']>[number];
type Recipient = NonNullable<Report['intendedRecipient']>[number];
type Victim = NonNullable<Report['victim']>[number];
type Human = NonNullable<Reported['personOrUserReportedPerson']>;

export const reportedPeople = (report: Report): readonly Block[] => [
  ...(report.personOrUserReported ?? []).flatMap((it, at) =>
    personBlocks(`Reported person ${at + 1}`, it, it.personOrUserReportedPerson),
  ),
  ...(report.intendedRecipient ?? []).flatMap((it, at) =>
    personBlocks(`Intended recipient ${at + 1}`, it, it.intendedRecipientPerson),
  ),
  ...(report.victim ?? []).flatMap((it, at) => personBlocks(`Victim ${at + 1}`, it, it.victimPerson)),
];

const humanMembers = ['firstName', 'lastName', 'email'];
const accountMembers = [
  'personOrUserReportedPerson',
  'intendedRecipientPerson',
  'victimPerson',
  'screenName',
  'espIdentifier',
  'espService',
  'profileUrl',
  'ipCaptureEvent',
  'priorCTReports',
];

/** What finds a person comes first and is said to be missing where it is; then all else that was sent. */
const personBlocks = (title: string, account: Reported | Recipient | Victim, human: Human = {}): readonly Block[] => {
  const name = [human.firstName, human.lastName].filter((part) => part !== undefined).join(' ');
  const captures = account.ipCaptureEvent ?? [];
  return [
    heading(title),
    facts(
      ['Name', textOr(name)],
      ['E-mail', emailText(human)],
      ['Screen name', textOr(account.screenName)],
      ['ESP user ID', textOr(account.espIdentifier)],
      ['ESP service', textOr(account.espService)],
      ...listed('Profile address', account.profileUrl ?? []),
      ...listed('IP address', captures.map(captureText)),
      ...remainingFacts(human, humanMembers),
      ...remainingFacts(account, accountMembers),
    ),
  ];
};

export const emailText = ({ email = [] }: Pick<Human, 'email'>): string =>
  email.length === 0
    ? notStated
    : email
        .map(({ value, verified, ...more }) => {
          const marks = [
            ...Object.values(more).map(String),
            ...(verified === undefined ? [] : [verified ? 'verified' : 'not verified']),
          ];
          return marks.length === 0 ? value : `${value} (${marks.join(', ')})`;
        })
        .join('; ');

const listed = (label: string, texts: readonly string[]): readonly Fact[] =>
  texts.length === 0
    ? [[label, notStated]]
    : texts.map((text, at) => [texts.length === 1 ? label : `${label} ${at + 1}`, text]);

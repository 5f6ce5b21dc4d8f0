import type { Tongue } from '@tutela/language';
import { type Block, type Fact, facts, note, section } from '../export/pdf/blocks.js';
import type { RequestRecord } from './record.js';

/** What several documents say in the same way. */

type Part = (tongue: Tongue, record: RequestRecord) => readonly Block[];

export const parties = (
  tongue: Tongue,
  { issuing, validating, addressee }: RequestRecord,
  whose: 'both' | 'issuing' | 'addressee' = 'both',
): readonly Block[] => {
  const { say, country } = tongue;
  const from: readonly Fact[] = [
    [say('clearinghouse.request.label.from'), `${issuing.authority}, ${country(issuing.state)}`],
    [say('clearinghouse.request.label.officer'), issuing.officer],
    [say('clearinghouse.request.label.contact'), issuing.contact24h],
    ...(validating === undefined
      ? []
      : [[say('clearinghouse.request.label.validating'), `${validating.authority}, ${validating.officer}`] as const]),
  ];
  const to: readonly Fact[] = [
    [say('clearinghouse.request.label.to'), `${addressee.name}, ${country(addressee.country)}`],
    [say('clearinghouse.request.label.address'), addressee.address],
  ];
  return [facts(...(whose === 'addressee' ? [] : from), ...(whose === 'issuing' ? [] : to))];
};

export const basis: Part = ({ say }, { legalBasis: { instrument, article, text } }) => [
  section(say('clearinghouse.request.section.basis')),
  facts([
    say('clearinghouse.request.label.legal-basis'),
    [instrument, article, text].filter((part) => part !== undefined && part !== '').join(', '),
  ]),
];

export const offence: Part = ({ say }, record) => [
  section(say('clearinghouse.request.section.offence')),
  facts(
    [say('clearinghouse.request.label.offence'), `${record.offence.code}: ${record.offence.text}`],
    [say('clearinghouse.request.label.penalty'), record.offence.maxPenalty],
    [say('clearinghouse.request.label.facts'), record.facts],
  ),
];

export const targetFacts = (tongue: Tongue, { targets }: RequestRecord): readonly Fact[] =>
  targets.map(({ type, value, port, service, ...times }, at): Fact => {
    const parts = [
      value,
      // An address is worth little without its port and moment: what is missing is said.
      `${tongue.say('clearinghouse.request.label.port')} ${port ?? tongue.say('clearinghouse.request.not-stated')}`,
      spanOf(tongue, times),
      ...(service === undefined ? [] : [service]),
    ];
    return [`${at + 1}. ${type}`, parts.join(', ')];
  });

export const dataFacts = (tongue: Tongue, { data }: RequestRecord): readonly Fact[] =>
  data.map(
    ({ class: kind, description, ...times }): Fact => [
      tongue.say(`clearinghouse.request.class.${kind}`),
      `${description}, ${spanOf(tongue, times)}`,
    ],
  );

const spanOf = (
  { say, moment }: Tongue,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): string => {
  const none = say('clearinghouse.request.not-stated');
  return say('clearinghouse.request.span', {
    from: from === undefined ? none : moment(from),
    to: to === undefined ? none : moment(to),
  });
};

export const urgency: Part = ({ say, moment }, { urgency: { level, ground, deadline } }) => [
  facts(
    [say('clearinghouse.request.label.urgency'), say(`clearinghouse.request.urgency.${level}`)],
    [say('clearinghouse.request.label.ground'), ground ?? say('clearinghouse.request.not-stated')],
    [
      say('clearinghouse.request.label.deadline'),
      deadline === undefined ? say('clearinghouse.request.not-stated') : moment(deadline),
    ],
  ),
];

export const confidentiality: Part = ({ say, moment }, { confidentiality: { notice, until, ground } }) => [
  note(
    [
      say(`clearinghouse.request.confidentiality.${notice}`),
      ...(until === undefined ? [] : [`${say('clearinghouse.request.label.until')} ${moment(until)}.`]),
      ...(ground === undefined ? [] : [ground]),
    ].join(' '),
  ),
];

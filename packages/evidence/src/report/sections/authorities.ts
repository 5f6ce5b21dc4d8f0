import type { Condition } from '@tutela/policy';
import type { AuthorityVersion, DecisionRecord } from '../../material/records.js';
import { type Block, facts, heading, paragraph, section } from '../blocks.js';
import type { Say } from '../messages/messages.js';
import { moment, type Telling } from '../report-input.js';

export const authorities = ({ say, material }: Telling): readonly Block[] => {
  const granted = material.authorities ?? [];
  const decided = material.decisions ?? [];
  return [
    section(say('authorities.title')),
    ...(granted.length === 0 ? [paragraph(say('authorities.none'))] : granted.flatMap((each) => one(say, each))),
    heading(say('decisions.heading')),
    ...(decided.length === 0 ? [paragraph(say('decisions.none'))] : decided.flatMap((each) => decision(say, each))),
  ];
};

const one = (say: Say, { authority, verification, end }: AuthorityVersion): readonly Block[] => [
  heading(say('authorities.heading', { id: authority.id, version: authority.version })),
  facts(
    [say('authorities.kind'), say(`authorities.kind.${authority.kind}`)],
    [say('authorities.issued-by'), [authority.issuedBy, authority.judge].filter(Boolean).join(', ')],
    [say('authorities.file-number'), authority.fileNumber],
    [say('authorities.statute'), authority.statute],
    [say('authorities.offence'), authority.offence],
    [say('authorities.issued-at'), moment(authority.issuedAt)],
    [say('authorities.period'), say('authorities.from-to', { from: moment(authority.from), to: moment(authority.to) })],
    [say('authorities.text'), authority.operativeText],
    [say('authorities.grants'), authority.grants.map((step) => say(`step.${step}`)).join(', ')],
    [
      say('authorities.conditions'),
      authority.conditions.length === 0
        ? say('none')
        : authority.conditions.map((condition) => conditionText(say, condition)).join('\n'),
    ],
    [say('authorities.document'), authority.documentSha256],
    [
      say('authorities.verified'),
      verification === undefined
        ? say('authorities.not-verified')
        : say('authorities.verified-by', { people: verification.by.join(', '), at: moment(verification.at) }),
    ],
    [say('authorities.ended'), end && endText(say, end)],
  ),
];

const endText = (say: Say, end: NonNullable<AuthorityVersion['end']>): string =>
  end.kind === 'revoked'
    ? say('authorities.revoked', { at: moment(end.at), reason: end.reason })
    : say('authorities.superseded', { at: moment(end.at), successor: end.successor });

const conditionText = (say: Say, condition: Condition): string => {
  if ('text' in condition) return condition.text;
  return say(`condition.${condition.kind}`, { steps: condition.steps.map((step) => say(`step.${step}`)).join(', ') });
};

const decision = (say: Say, record: DecisionRecord): readonly Block[] => [
  heading(`${moment(record.at)} · ${record.id}`),
  facts(
    [say('custody.who'), record.actor],
    [say('decisions.what'), say(`step.${record.step}`)],
    [say('decisions.objects'), record.objects.join(', ')],
    [say('decisions.answer'), say(`decisions.answer.${record.answer}`, { rule: say(`rule.${record.rule}`) })],
    [
      say('decisions.under'),
      record.authority && record.version
        ? say('decisions.version', { authority: record.authority, version: record.version })
        : record.authority,
    ],
    [say('decisions.keep-to'), record.keepTo?.join('\n')],
  ),
];

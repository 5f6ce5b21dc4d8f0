import { type Block, facts, paragraph, section } from '../blocks.js';
import { moment, type Telling } from '../report-input.js';

export const front = ({ say, ...input }: Telling): readonly Block[] => {
  const { material, request, approvals } = input;
  const recipients = request.content.recipients.map(({ name }) => name);
  return [
    { kind: 'front', kicker: say('front.kicker'), title: material.case.title },
    facts(
      [say('front.case'), material.case.ref],
      [say('front.agency'), material.case.agency],
      [say('front.offence'), material.case.offence],
      [say('front.package'), request.content.package],
      [say('front.made-at'), moment(input.createdAt)],
      [say('front.made-with'), `${input.software.name} ${input.software.version}`],
      [say('front.requested-by'), request.requestedBy],
      [say('front.requested-at'), moment(request.requestedAt)],
      [say('front.reason'), request.reason],
      [
        say('front.approved-by'),
        approvals.map(({ name, at }) => say('front.approved-at', { name, at: moment(at) })).join('\n'),
      ],
      [say('front.request-digest'), input.requestDigest],
      [say('front.encrypted-for'), recipients.length === 0 ? say('front.not-encrypted') : recipients.join('\n')],
    ),
    paragraph(say('front.about')),
  ];
};

export const inside = ({ say, material, request }: Telling): readonly Block[] => {
  const items = (as: 'original' | 'derivative') => String(material.items.filter((item) => item.as === as).length);
  const count = (list: readonly unknown[] | undefined) => String(list?.length ?? 0);
  return [
    section(say('inside.title')),
    facts(
      [say('inside.exhibits'), count(material.exhibits)],
      [say('inside.custody'), count(material.custody)],
      [say('inside.reports'), count(material.reports)],
      [say('inside.originals'), items('original')],
      [say('inside.derivatives'), items('derivative')],
      [say('inside.items-bytes'), String(material.items.reduce((sum, { bytes }) => sum + bytes, 0n))],
      [say('inside.chronology'), count(material.chronology)],
      [say('inside.authorities'), count(material.authorities)],
      [say('inside.decisions'), count(material.decisions)],
      [say('inside.orders'), count(material.orders)],
      [say('inside.answers'), count(material.answers)],
      [say('inside.exclusions'), count(request.content.exclusions)],
    ),
  ];
};

import type { Tongue } from '@tutela/language';
import { type Block, type Fact, facts, heading, note, section } from '../export/pdf/blocks.js';
import { basis, confidentiality, dataFacts, offence, parties, targetFacts, urgency } from './parts.js';
import type { RequestRecord } from './record.js';

export interface RequestView {
  readonly requestId: string;
  readonly record: RequestRecord;
  /** Of preservation; absent where nothing is preserved. */
  readonly days?: number | undefined;
  /** The preservation that came first, and the request that this one renews. */
  readonly preservedBy?: string | undefined;
  readonly renews?: string | undefined;
  readonly madeAt: string;
}

/** A request as its addressee reads it: the same blocks become the letter's text and its PDF. */
export const requestBlocks = (tongue: Tongue, view: RequestView): readonly Block[] => {
  const { say } = tongue;
  const { kind } = view.record;
  return [
    { kind: 'title', text: say(`clearinghouse.request.title.${kind}`) },
    facts(
      [say('clearinghouse.request.label.reference'), view.requestId],
      [say('clearinghouse.request.label.date'), tongue.moment(view.madeAt)],
      [say('clearinghouse.request.label.case'), view.record.caseRef],
      ...view.record.crossRefs.map((ref): Fact => [say('clearinghouse.request.label.related'), ref]),
    ),
    ...bodies[kind](tongue, view),
    note(say('clearinghouse.request.draft-note')),
  ];
};

type Body = (tongue: Tongue, view: RequestView) => readonly Block[];

const asked: Body = (tongue, { record }) => [
  section(tongue.say('clearinghouse.request.section.targets')),
  facts(...targetFacts(tongue, record)),
  section(tongue.say('clearinghouse.request.section.data')),
  facts(...dataFacts(tongue, record)),
];

/** 18 USC 2703(f) and its like (protocols.md §6.2): existing records, kept, nothing disclosed, nobody told. */
const preservation: Body = (tongue, view) => [
  ...parties(tongue, view.record),
  ...basis(tongue, view.record),
  section(tongue.say('clearinghouse.request.section.preservation')),
  note(tongue.say('clearinghouse.request.preservation.ask', { days: view.days ?? 0 })),
  note(tongue.say('clearinghouse.request.preservation.existing')),
  ...(view.renews === undefined
    ? []
    : [note(tongue.say('clearinghouse.request.preservation.renews', { reference: view.renews }))]),
  ...asked(tongue, view),
  ...urgency(tongue, view.record),
  ...confidentiality(tongue, view.record),
];

/** Budapest Convention Art. 29(2): what the request shall specify, letter by letter. */
const budapest29: Body = (tongue, view) => {
  const { say } = tongue;
  const { record } = view;
  const letter = (name: 'a' | 'b' | 'c' | 'd' | 'e' | 'f') => heading(say(`clearinghouse.request.budapest.${name}`));
  return [
    ...basis(tongue, record),
    letter('a'),
    ...parties(tongue, record),
    letter('b'),
    ...offence(tongue, record),
    letter('c'),
    facts(...dataFacts(tongue, record)),
    letter('d'),
    facts(...targetFacts(tongue, record)),
    letter('e'),
    note(record.necessity),
    letter('f'),
    note(say('clearinghouse.request.budapest.intent')),
    section(say('clearinghouse.request.section.preservation')),
    note(say('clearinghouse.request.preservation.ask', { days: view.days ?? 0 })),
    ...urgency(tongue, record),
    ...confidentiality(tongue, record),
  ];
};

const assistance: Body = (tongue, view) => {
  const { say } = tongue;
  const { record } = view;
  const { centralAuthority, persons, nexus, procedure, assurances } = record.assistance ?? {};
  const row = (name: 'central-authority' | 'persons' | 'nexus' | 'procedure' | 'assurances', text = ''): Fact => [
    say(`clearinghouse.request.mla.${name}`),
    text === '' ? say('clearinghouse.request.not-stated') : text,
  ];
  return [
    ...parties(tongue, record),
    facts(row('central-authority', centralAuthority)),
    ...basis(tongue, record),
    ...offence(tongue, record),
    facts(row('persons', persons), row('nexus', nexus)),
    ...asked(tongue, view),
    section(say('clearinghouse.request.section.preservation')),
    note(say('clearinghouse.request.preservation.reference', { reference: view.preservedBy ?? '' })),
    section(say('clearinghouse.request.section.execution')),
    facts(
      row('procedure', procedure),
      row('assurances', assurances),
      [say('clearinghouse.request.label.delivery'), Object.values(record.delivery).join('; ')],
      [say('clearinghouse.request.label.necessity'), record.necessity],
      [say('clearinghouse.request.label.proportionality'), record.proportionality],
    ),
    ...urgency(tongue, record),
    ...confidentiality(tongue, record),
  ];
};

/**
 * Regulation 2023/1543, Annex I. Sections A to C and the definition of identifying data are documented (protocols.md
 * §6.1); of the rest the letters are not, so the form says that they are not generated instead of inventing them.
 */
const productionOrder: Body = (tongue, view) => [
  section(tongue.say('clearinghouse.request.epoc.a')),
  ...parties(tongue, view.record, 'issuing'),
  section(tongue.say('clearinghouse.request.epoc.b')),
  ...parties(tongue, view.record, 'addressee'),
  section(tongue.say('clearinghouse.request.epoc.c')),
  ...urgency(tongue, view.record),
  section(tongue.say('clearinghouse.request.epoc.identifying')),
  note(tongue.say('clearinghouse.request.epoc.identifying-data')),
  facts(...targetFacts(tongue, view.record)),
  note(tongue.say('clearinghouse.request.preservation.reference', { reference: view.preservedBy ?? '' })),
  note(tongue.say('clearinghouse.request.epoc.not-generated')),
];

/** The preservation certificate: what is documented of it is its time; its sections are not. */
const preservationOrder: Body = (tongue, view) => [
  ...parties(tongue, view.record),
  section(tongue.say('clearinghouse.request.section.preservation')),
  note(tongue.say('clearinghouse.request.preservation.ask', { days: view.days ?? 0 })),
  ...(view.renews === undefined
    ? []
    : [note(tongue.say('clearinghouse.request.preservation.renews', { reference: view.renews }))]),
  ...asked(tongue, view),
  note(tongue.say('clearinghouse.request.epoc.pr-not-generated')),
];

const bodies: Readonly<Record<RequestRecord['kind'], Body>> = {
  preservation,
  'budapest-29': budapest29,
  mla: assistance,
  epoc: productionOrder,
  'epoc-pr': preservationOrder,
};

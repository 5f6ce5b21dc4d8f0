import { HashListError } from '../hash-list-error.js';
import {
  type ExchangeEntry,
  type ExchangeMember,
  type ExchangeTime,
  type FingerprintType,
  fingerprintTypes,
  type LargeType,
  largeTypes,
  type Media,
  type Opinion,
  type QueryResult,
  type SharedEntry,
  type SmallType,
  smallTypes,
} from './documents.js';
import { child, type Element, element, formatDocument, parseDocument, required } from './element.js';

/** `TMK_PDQF` stands as `tmk-pdqf`. */
const elementOfType = (type: FingerprintType): string => type.toLowerCase().replaceAll('_', '-');

const tags: Readonly<Record<Media, { readonly group: string; readonly shared: string; readonly deleted: string }>> = {
  image: { group: 'images', shared: 'image', deleted: 'deletedImage' },
  video: { group: 'videos', shared: 'video', deleted: 'deletedVideo' },
};
const media = ['image', 'video'] as const;

/** The document `queryResult` of one page, its elements in the order of the schema. */
export const formatQueryResult = ({ entries, next }: QueryResult): string =>
  formatDocument(
    element('queryResult', {}, [
      ...media.map((kind) =>
        groupOf(
          kind,
          entries.filter((entry) => entry.media === kind),
        ),
      ),
      ...(next === undefined ? [] : [element('paging', {}, [element('next', {}, next)])]),
    ]),
  );

const groupOf = (kind: Media, entries: readonly ExchangeEntry[]): Element => {
  const newest = entries.reduce<ExchangeTime>((most, { timestamp }) => (timestamp > most ? timestamp : most), '');
  const attributes = { count: String(entries.length), ...(newest === '' ? {} : { maxTimestamp: newest }) };
  return element(tags[kind].group, attributes, entries.map(entryElement));
};

export const memberElement = ({ id, name }: ExchangeMember): Element => element('member', { id: String(id) }, name);

const entryElement = (entry: ExchangeEntry): Element => {
  const facts = [memberElement(entry.member), element('timestamp', {}, entry.timestamp), element('id', {}, entry.id)];
  if (entry.kind === 'deleted') return element(tags[entry.media].deleted, {}, facts);
  const { classification, feedback } = entry;
  return element(tags[entry.media].shared, {}, [
    ...facts,
    ...(classification === undefined ? [] : [element('classification', {}, classification)]),
    element('fingerprints', {}, fingerprintElements(entry)),
    ...(feedback === undefined ? [] : [feedbackElement(feedback)]),
  ]);
};

const fingerprintElements = ({ fingerprints, large }: SharedEntry): readonly Element[] => [
  ...smallTypes.flatMap((type) => {
    const value = fingerprints[type];
    return value === undefined ? [] : [element(elementOfType(type), {}, value)];
  }),
  ...largeTypes.flatMap((type) => {
    const href = large[type];
    return href === undefined ? [] : [element(elementOfType(type), { rel: 'self', href })];
  }),
];

const feedbackElement = ({ lastUpdate, opinions }: NonNullable<SharedEntry['feedback']>): Element =>
  element('feedback', { lastUpdateTimestamp: lastUpdate }, [
    ...opinions.flatMap(({ type, affirmative }) =>
      affirmative.length === 0
        ? []
        : [element('affirmativeFeedback', { type }, [element('members', {}, affirmative.map(memberElement))])],
    ),
    ...opinions.flatMap(({ type, negative }) =>
      negative.length === 0
        ? []
        : [
            element('negativeFeedback', { type }, [
              element(
                'reasons',
                {},
                negative.flatMap(({ reason, members }) => [
                  element('reason', { guid: reason.guid, name: reason.name }),
                  element('members', {}, members.map(memberElement)),
                ]),
              ),
            ]),
          ],
    ),
  ]);

/**
 * Reads one page.
 * @throws HashListError `malformed-document`, `dtd-refused`, `unknown-format`
 */
export const parseQueryResult = (text: string): QueryResult => {
  const root = parseDocument(text, 'queryResult');
  const entries = media.flatMap((kind) =>
    (child(root, tags[kind].group)?.children ?? []).map((each) => readEntry(kind, each)),
  );
  const paging = child(root, 'paging');
  const next = paging && child(paging, 'next')?.text.trim();
  return { entries, ...(next === undefined || next === '' ? {} : { next }) };
};

export const readMember = (member: Element): ExchangeMember => {
  const id = member.attributes.id ?? '';
  if (!/^[0-9]{1,9}$/.test(id)) throw new HashListError('malformed-document', 'a member has no number');
  return { id: Number(id), name: member.text.trim() };
};

const readEntry = (kind: Media, item: Element): ExchangeEntry => {
  const member = readMember(required(item, 'member'));
  const facts = { media: kind, member, timestamp: textOf(item, 'timestamp'), id: textOf(item, 'id') };
  if (item.name === tags[kind].deleted) return { kind: 'deleted', ...facts };
  if (item.name !== tags[kind].shared) throw new HashListError('malformed-document', `${item.name} is no ${kind}`);
  const classification = child(item, 'classification')?.text.trim();
  const given = child(item, 'fingerprints')?.children ?? [];
  const feedback = child(item, 'feedback');
  return {
    kind: 'shared',
    ...facts,
    ...(classification === undefined ? {} : { classification }),
    fingerprints: pick(smallTypes, given, ({ text }) => text.trim()) as Partial<Record<SmallType, string>>,
    large: pick(largeTypes, given, ({ attributes }) => attributes.href ?? '') as Partial<Record<LargeType, string>>,
    ...(feedback === undefined ? {} : { feedback: readFeedback(feedback) }),
  };
};

const textOf = (parent: Element, name: string): string => required(parent, name).text.trim();

/** Fingerprints of kinds that nobody has told us of are passed over, as the exchange may add some. */
const pick = (
  types: readonly FingerprintType[],
  given: readonly Element[],
  textFound: (found: Element) => string,
): Partial<Record<FingerprintType, string>> =>
  Object.fromEntries(
    types.flatMap((type) => {
      const found = given.find(({ name }) => name === elementOfType(type));
      return found === undefined || textFound(found) === '' ? [] : [[type, textFound(found)]];
    }),
  );

const readFeedback = (feedback: Element): NonNullable<SharedEntry['feedback']> => {
  const opinions = fingerprintTypes.flatMap((type): Opinion[] => {
    const own = feedback.children.filter(({ attributes }) => attributes.type === type);
    if (own.length === 0) return [];
    const affirmative = own
      .filter(({ name }) => name === 'affirmativeFeedback')
      .flatMap((each) => membersOf(child(each, 'members')));
    const negative = own
      .filter(({ name }) => name === 'negativeFeedback')
      .flatMap((each) => readNegative(required(each, 'reasons')));
    return [{ type, affirmative, negative }];
  });
  return { lastUpdate: feedback.attributes.lastUpdateTimestamp ?? '', opinions };
};

const membersOf = (members: Element | undefined): readonly ExchangeMember[] =>
  (members?.children ?? []).map(readMember);

/** A reason, then the members who gave it, and so on. */
const readNegative = ({ children }: Element): Opinion['negative'] =>
  children.flatMap((reason, at) =>
    reason.name === 'reason'
      ? [
          {
            reason: { guid: reason.attributes.guid ?? '', name: reason.attributes.name ?? '' },
            members: membersOf(children[at + 1]),
          },
        ]
      : [],
  );

import type { Report } from '@tutela/cybertip';
import type { Fact } from './blocks.js';

export const notStated = 'not stated';
export const textOr = (text: string | number | undefined): string =>
  text === undefined || text === '' ? notStated : String(text);
export const yesNo = (value: boolean | undefined): string => (value === undefined ? notStated : value ? 'yes' : 'no');

/**
 * Everything below a member as facts, so that nothing that was sent is missing on paper; labels are the members' names
 * in words: `associatedAccount[1].espService` is `Associated account 2: ESP service`.
 */
export const factsOf = (label: string, value: unknown): readonly Fact[] => {
  if (value === undefined || value === null) return [];
  if (typeof value === 'boolean') return [[label, yesNo(value)]];
  if (typeof value !== 'object') return [[label, String(value as string | number)]];
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => factsOf(value.length === 1 ? label : `${label} ${at + 1}`, item));
  }
  const members = Object.entries(value);
  if ('value' in value) return [[label, withAttributes(members)]];
  if ('ipAddress' in value) return [[label, captureText(value as IpEvent)]];
  if (members.length === 0) return [[label, 'yes']];
  return members.flatMap(([name, member]) => factsOf(`${label}: ${wordsOf(name)}`, member));
};

/** The members of a record but those that stand elsewhere. */
export const remainingFacts = (record: object, shown: readonly string[]): readonly Fact[] =>
  Object.entries(record)
    .filter(([name]) => !shown.includes(name))
    .flatMap(([name, value]) => factsOf(capitalised(wordsOf(name)), value));

type Person = NonNullable<Report['personOrUserReported']>[number];
type IpEvent = NonNullable<Person['ipCaptureEvent']>[number];

/** An address is worth little without its port and moment: what is missing is said. */
export const captureText = ({ ipAddress, port, dateTime, eventName, possibleProxy }: IpEvent): string =>
  [
    ipAddress,
    `port ${textOr(port)}`,
    `at ${textOr(dateTime)}`,
    `event ${textOr(eventName)}`,
    `possible proxy: ${yesNo(possibleProxy)}`,
  ].join(', ');

const withAttributes = (members: readonly (readonly [string, unknown])[]): string => {
  const text = members.find(([name]) => name === 'value')?.[1];
  const attributes = members
    .filter(([name, value]) => name !== 'value' && value !== undefined)
    .map(([name, value]) => `${wordsOf(name)}: ${typeof value === 'boolean' ? yesNo(value) : String(value)}`);
  return `${String(text)}${attributes.length === 0 ? '' : ` (${attributes.join(', ')})`}`;
};

const acronyms = new Map(
  ['ip', 'esp', 'url', 'ct', 'le', 'exif', 'id', 'ai', 'im', 'csam'].map((word) => [word, word.toUpperCase()]),
);

const wordsOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => acronyms.get(word.toLowerCase()) ?? word.toLowerCase())
    .join(' ');
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

import { IntlMessageFormat } from 'intl-messageformat';
import type { MessageKey, Messages } from './catalogue/en.js';
import type { Language } from './languages.js';
import { type Moment, momentFormats } from './moments.js';
import { quantityFormats } from './quantities.js';

/** What a placeholder of a text may stand for. */
export type MessageValues = Readonly<Record<string, string | number | bigint | Date>>;

/** One language, opened: every way to put something to people. */
export interface Tongue {
  readonly language: Language;
  /** IANA name, such as `America/Asuncion`; every date is told in it. */
  readonly timeZone: string;
  /**
   * The text of that name with its placeholders filled.
   * @throws Error when a placeholder has no value: a fault of the program
   */
  readonly say: (key: MessageKey, values?: MessageValues) => string;
  /** The same for a name made at run time, such as a code of a server's answer. */
  readonly sayIfKnown: (key: string, values?: MessageValues) => string | undefined;
  readonly number: (value: number | bigint) => string;
  /** @param share 0 to 1 */
  readonly percent: (share: number) => string;
  /** @param value of bytes; in kB, MB, … of 1000 */
  readonly bytes: (value: number | bigint) => string;
  /** @param seconds rounded to its two largest units */
  readonly duration: (seconds: number) => string;
  /** Day, time and zone. */
  readonly moment: (at: Moment) => string;
  /** Day alone, in the zone of `timeZone`. */
  readonly day: (at: Moment) => string;
  /** How long ago or ahead, from `now`: `3 hours ago`. */
  readonly away: (at: Moment, now: Date) => string;
  /** @param alpha2 ISO 3166-1 alpha-2; what is no country comes back as it is */
  readonly country: (alpha2: string) => string;
  readonly list: (items: readonly string[]) => string;
}

export interface OpenLanguageOptions {
  readonly language: Language;
  readonly messages: Messages;
  /** Default: the zone of the machine. */
  readonly timeZone?: string;
}

/** Formats are made once each: making one costs far more than using it. */
export const openLanguage = ({ language, messages, timeZone = ownZone() }: OpenLanguageOptions): Tongue => {
  const made = new Map<string, IntlMessageFormat>();
  const formatOf = (key: string): IntlMessageFormat | undefined => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const text = Object.hasOwn(messages, key) ? messages[key] : undefined;
    if (text === undefined) return undefined;
    const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    made.set(key, format);
    return format;
  };
  const sayIfKnown: Tongue['sayIfKnown'] = (key, values) => formatOf(key)?.format(values) as string | undefined;
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  const joined = new Intl.ListFormat(language, { type: 'conjunction' });
  return {
    language,
    timeZone,
    // A name that no catalogue has can only come from a build gone wrong; it is shown, so that somebody sees it.
    say: (key, values) => sayIfKnown(key, values) ?? key,
    sayIfKnown,
    ...quantityFormats(language),
    ...momentFormats(language, timeZone),
    country: (alpha2) => (/^[A-Z]{2}$/.test(alpha2) ? (names.of(alpha2) ?? alpha2) : alpha2),
    list: (items) => joined.format(items),
  };
};

/**
 * One text, for who says only one.
 * @throws Error when a placeholder has no value
 */
export const formatMessage = (options: OpenLanguageOptions, key: MessageKey, values?: MessageValues): string =>
  openLanguage(options).say(key, values);

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

import type { JsonValue, Reason } from '@tutela/core';
import type { CoverageFact } from '../record/coverage-fact.js';
import type { LogRecord, RawPlace } from '../record/log-record.js';
import type { SourceDeclaration } from './source-declaration.js';

/** Lines that are nobody's evidence and why; they are counted under these names. */
const ignoredNames = [
  'blank',
  'comment',
  'header',
  'other-message',
  'not-translated',
  'no-holder',
  'no-ports',
] as const;
export type IgnoredName = (typeof ignoredNames)[number];

const ignored: ReadonlySet<string> = new Set(ignoredNames);
export const isIgnored = (name: string): name is IgnoredName => ignored.has(name);

/** Why a line could not be read. */
export type LineFault =
  | 'MALFORMED'
  | 'TRUNCATED'
  | 'LINE_TOO_LONG'
  | 'FIELD_MISSING'
  | 'EVENT_UNKNOWN'
  | 'ADDRESS_MALFORMED'
  | 'PORT_MALFORMED'
  | 'PORT_RANGE_REVERSED'
  | 'PORT_RANGE_INTERLACED'
  | 'PROTO_UNKNOWN'
  | 'TIME_MALFORMED'
  | 'TIME_NO_ZONE'
  | 'TIME_YEAR_MISSING'
  | 'TIME_TWELVE_HOUR'
  | 'TIME_AMBIGUOUS_FOLD'
  | 'TIME_NONEXISTENT'
  | 'ZONE_ABBREVIATION';

/** Why a whole input is not what it was taken for. */
export type InputRefusal = 'NFDUMP_DEFAULT_CSV' | 'HEADER_MISSING' | 'HEADER_UNKNOWN';

/** What became of a line (or stanza). Records and facts are emitted only by one that was `recorded`. */
export type LineVerdict = 'recorded' | IgnoredName | LineFault | Reason<InputRefusal>;

export type LogItem = LogRecord | CoverageFact;

/** What a reader gets beside the text: where it stands and where its results go. */
export interface LineContext {
  readonly place: RawPlace;
  readonly emit: (item: LogItem) => void;
  /** A message number of the device, for gaps. */
  readonly sequence: (exporter: string, number: number, at: number) => void;
}

/** Reads one line or stanza at a time; `text` has one character a byte (`asUtf8` for what is beyond ASCII). */
export interface LineReader {
  readonly read: (text: string, context: LineContext) => LineVerdict;
  /** What has to be known to go on in the middle of the input: a CSV header, otherwise `null`. */
  readonly state: () => JsonValue;
}

/**
 * How lines belong together. `alone`: a unit by itself. `inside`: the unit goes on. `closes`: its last line.
 * `before`: the unit ended with the line before. A unit that the end of the input cuts off is rejected as truncated.
 */
export type StanzaStep = 'alone' | 'inside' | 'closes' | 'before';
export interface StanzaFraming {
  /** `depth` is 0 outside a stanza and otherwise the framing's own count. */
  readonly step: (line: string, depth: number) => { readonly step: StanzaStep; readonly depth: number };
}

export interface LogFormat {
  readonly name: string;
  /** Rises with every change of what a line becomes; part of every record and segment. */
  readonly version: string;
  readonly stanza: StanzaFraming | undefined;
  /** @param state what `LineReader.state` gave, to resume. */
  readonly open: (declaration: SourceDeclaration, state: JsonValue) => LineReader;
}

/** The name that records carry. */
export const parserName = (format: Pick<LogFormat, 'name' | 'version'>): string => `${format.name}@${format.version}`;

export const isLogRecord = (item: LogItem): item is LogRecord => 'raw' in item;

/** A unit's text as UTF-8, which `latin1` slices of it are not. */
export const asUtf8 = (text: string): string => {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 127) return Buffer.from(text, 'latin1').toString('utf8');
  }
  return text;
};

import { done, type JsonObject, type JsonValue } from '@tutela/core';
import type { Entry, Verdict } from '@tutela/ledger';
import { canonicalOrNot, malformed, parseJson } from './canonical-file.js';
import { decimal, object, record, sha256Hex, text } from './shape.js';

interface EventFacts {
  /** Of the leaf in the log; decimal digits. */
  readonly index: string;
  readonly entry: Entry;
}

/** A line of `events.jsonl`: the entry as the log has it, and what opens its commitment or why that is not given. */
export type EventLine = EventFacts &
  (
    | {
        readonly opening: {
          /** 32 bytes in hexadecimal. */
          readonly key: string;
          /** What was committed to: `{"effects": […], "payload": {…}}`. */
          readonly payload: JsonObject;
        };
        readonly withheld?: never;
      }
    | { readonly withheld: string; readonly opening?: never }
  );

/** A line as it was read: the entry's canonical text is the leaf, the payload's is what the commitment is over. */
export interface ReadEventLine {
  readonly line: EventLine;
  readonly entryText: string;
  readonly payloadText?: string;
}

/** What appends `package.exported` puts into its payload. */
export interface ExportedPayload {
  readonly package: string;
  /** SHA-256 of contents.json's canonical text, without the line feed. */
  readonly contents: string;
  /** Request digest. */
  readonly request: string;
}

export const exportedEvent = 'package.exported';

const eventLine = object(
  { index: decimal, entry: record },
  { opening: object({ key: sha256Hex, payload: record }), withheld: text },
);

/** @param line without its line feed. The entry's own schema is the ledger's (`decodeEntry`). */
export const parseEventLine = (line: string): Verdict<ReadEventLine, 'malformed'> => {
  const value = parseJson(line);
  if (value === undefined) return malformed('not JSON, or nested too deeply');
  const fault = eventLine(value, '$');
  if (fault !== undefined) return malformed(fault);
  const read = value as unknown as EventLine;
  if ((read.opening === undefined) === (read.withheld === undefined)) {
    return malformed('$: an event has its opening or says why not, and not both');
  }
  const entryText = canonicalOrNot(read.entry as unknown as JsonValue);
  const payloadText = read.opening && canonicalOrNot(read.opening.payload);
  // Put together from its canonical parts, so that nothing is written out twice for each of a million lines.
  if (entryText === undefined || composed(read, entryText, payloadText) !== line) {
    return malformed('not canonical JSON (RFC 8785)');
  }
  return done({ line: read, entryText, ...(payloadText !== undefined && { payloadText }) });
};

const composed = ({ index, opening, withheld }: EventLine, entry: string, payload: string | undefined): string => {
  const last = opening
    ? `"opening":{"key":"${opening.key}","payload":${payload}}`
    : `"withheld":${canonicalOrNot(withheld as string)}`;
  return `{"entry":${entry},"index":"${index}",${last}}`;
};

/** The line, with its line feed. */
export const formatEventLine = (line: EventLine): string => `${canonicalOrNot(line as unknown as JsonObject)}\n`;

const exportedPayload = object({ package: text, contents: sha256Hex, request: sha256Hex });

/** What `package.exported` says, from its opened payload. */
export const readExportedPayload = (opened: JsonObject): Verdict<ExportedPayload, 'malformed'> => {
  const fault = exportedPayload(opened.payload, '$.payload');
  return fault === undefined ? done(opened.payload as unknown as ExportedPayload) : malformed(fault);
};

import { done, type Outcome, refused } from '@tutela/core';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { type Finding, maxFindings } from './finding.js';
import { decodeBytes } from './xml/decode-bytes.js';

/**
 * The official schema as an operator brought it, since it is not ours to ship: what it finds is a layer of its own
 * beside `schema` and `rules`.
 */
export interface OperatorSchema {
  /** The file, byte for byte: served at `/xsd`. */
  readonly bytes: Uint8Array;
  /**
   * @param document one that was read before (`readReport`, `readFileDetails`), so that it is within their limits and
   * has no document type
   */
  readonly check: (document: Uint8Array, contentType?: string) => Promise<readonly Finding[]>;
}

/** Nothing is fetched: an XSD that imports others has to hold all that it uses. */
export const openOperatorSchema = async (
  bytes: Uint8Array,
): Promise<Outcome<OperatorSchema, 'unusable-operator-schema'>> => {
  const text = decodeBytes(bytes);
  if (text === undefined) return refused('unusable-operator-schema', 'it is not in the encoding it names');
  const schema = { fileName: 'operator.xsd', contents: withoutDeclaration(text) };
  try {
    await validate(schema, '<any/>');
  } catch (error) {
    return refused('unusable-operator-schema', error instanceof Error ? error.message : 'it cannot be read');
  }
  // One after the other: each takes a thread and some of 20 MB of memory, and a busy server has many documents.
  let last: Promise<unknown> = Promise.resolve();
  const check: OperatorSchema['check'] = (document, contentType) => {
    const next = last.then(() => validate(schema, withoutDeclaration(decodeBytes(document, contentType) ?? '')));
    last = next.catch(() => undefined);
    return next;
  };
  return done({ bytes, check });
};

interface SchemaFile {
  readonly fileName: string;
  readonly contents: string;
}

const documentName = 'document.xml';

/** @throws Error when the schema itself cannot be used */
const validate = async (schema: SchemaFile, contents: string): Promise<readonly Finding[]> => {
  const { valid, errors } = await validateXML({
    xml: { fileName: documentName, contents },
    schema,
    maxMemoryPages: 512 * memoryPages.MiB,
  });
  if (valid) return [];
  const findings = errors.flatMap(({ message, loc }) =>
    loc?.fileName === documentName ? (findingOf(message, loc.lineNumber) ?? []) : [],
  );
  return findings.length > 0 ? findings.slice(0, maxFindings) : [finding('/', 'The document is not valid.')];
};

const said = /^Schemas validity error : Element '([^']+)'(?:, attribute '([^']+)')?: (.*)$/;
/** What names elements and attributes only; everything else libxml2 says may quote what was written. */
const structural =
  /^(This element is not expected|Missing child element|The attribute '[^']+' is (not allowed|required)|No matching global|(Character|Element) content)/;
const facet = /^\[facet '(\w+)'\]/;

const findingOf = (message: string, line: number): Finding | undefined => {
  const [, element, attribute, rest = ''] = said.exec(message) ?? [];
  if (element === undefined) return undefined;
  const path = attribute === undefined ? `//${element}` : `//${element}/@${attribute}`;
  const broken = facet.exec(rest)?.[1];
  if (structural.test(rest)) return finding(path, `${rest} (line ${line})`);
  const what = broken === undefined ? 'The value is not one of its type.' : `The value breaks the facet ${broken}.`;
  return finding(path, `${what} (line ${line})`);
};

const finding = (path: string, message: string): Finding => ({
  layer: 'operator-xsd',
  rule: 'operator-xsd',
  path,
  message,
  remedy: 'Write it as the schema in use demands, or bring the edition of the schema that the receiver uses.',
});

/** The text is handed on as UTF-8, whatever encoding it came in and says it is in. */
const withoutDeclaration = (text: string): string => text.replace(/^\uFEFF?\s*<\?xml\s[^>]*\?>/, '');

import { done, type Outcome, refused } from '@tutela/core';
import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { decodeBytes } from './decode-bytes.js';
import type { XmlElement } from './tree.js';

/** Bounds for a document from outside; reaching one refuses the document. */
export interface XmlLimits {
  /** Bytes of the whole document. */
  readonly bytes: number;
  /** Elements within elements. The deepest path of the schema is 6. */
  readonly depth: number;
  /** Elements in the whole document. */
  readonly elements: number;
}
export const defaultXmlLimits: XmlLimits = { bytes: 16 * 2 ** 20, depth: 32, elements: 200_000 };

export type XmlRefusal = 'too-large' | 'too-deep' | 'document-type' | 'encoding' | 'malformed';

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
const namespaces = 'http://www.w3.org/2000/xmlns/';

/**
 * The tree of a document. A document type (and with it every entity of its own) is refused, nothing is fetched, and
 * attributes that only point at the schema are dropped. An element or attribute in a namespace keeps it in its name
 * as `{uri}local`, so that no description knows it.
 * @param contentType the HTTP header, whose charset comes before the document's own declaration
 */
export const parseXml = (
  bytes: Uint8Array,
  options: { readonly contentType?: string; readonly limits?: XmlLimits } = {},
): Outcome<XmlElement, XmlRefusal> => {
  const limits = options.limits ?? defaultXmlLimits;
  if (bytes.length > limits.bytes) return refused('too-large', `the document exceeds ${limits.bytes} bytes`);
  const text = decodeBytes(bytes, options.contentType);
  if (text === undefined) return refused('encoding', 'the document is not in the encoding it names');
  try {
    return done(treeOf(text, limits));
  } catch (error) {
    if (error instanceof Unreadable) return refused(error.code, error.message);
    if (error instanceof Error) return refused('malformed', firstLine(error.message));
    throw error;
  }
};

class Unreadable extends Error {
  readonly code: XmlRefusal;
  constructor(code: XmlRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: XmlElement[] };

const treeOf = (text: string, limits: XmlLimits): XmlElement => {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Growing[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Unreadable('document-type', 'a document type declaration is not accepted');
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > limits.elements) throw new Unreadable('too-large', `more than ${limits.elements} elements`);
    if (open.length >= limits.depth) throw new Unreadable('too-deep', `elements nest deeper than ${limits.depth}`);
    const element: Growing = {
      name: qualified(tag.uri, tag.local),
      attributes: ownAttributes(Object.values(tag.attributes)),
      children: [],
      text: '',
      position: { line: parser.line, column: parser.column },
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (data: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += data;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  if (root === undefined) throw new Unreadable('malformed', 'the document has no element');
  return root;
};

const qualified = (uri: string, local: string): string => (uri === '' ? local : `{${uri}}${local}`);

const ownAttributes = (attributes: readonly SaxesAttributeNS[]): Record<string, string> => {
  const own: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { uri, local, value } of attributes) {
    if (uri !== schemaInstance && uri !== namespaces) own[qualified(uri, local)] = value;
  }
  return own;
};

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? message;

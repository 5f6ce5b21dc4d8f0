import { SaxesParser } from 'saxes';
import { HashListError } from '../hash-list-error.js';
import { namespace } from './documents.js';

/** An element of a document of the exchange; the namespace is the exchange's for all of them. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const deepest = 16;

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: string | readonly Element[] = [],
): Element => ({
  name,
  attributes,
  children: typeof content === 'string' ? [] : content,
  text: typeof content === 'string' ? content : '',
});

/** The document, with declaration. Children stand in the order given: the schema asks for it. */
export const formatDocument = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${format({
    ...root,
    attributes: { xmlns: namespace, ...root.attributes },
  })}\n`;

const format = ({ name, attributes, children, text }: Element): string => {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inside = escapeXml(text) + children.map(format).join('');
  return inside === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inside}</${name}>`;
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const escapeXml = (text: string): string => {
  // XML 1.0 §2.2 has no way to write these.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) {
    throw new HashListError('unwritable', 'a text holds a character that XML cannot carry');
  }
  return text.replaceAll(/[&<>"\r\n\t]/g, (letter) => entities[letter] ?? letter);
};

/**
 * Reads a whole document whose root is called so, in the exchange's namespace.
 * @throws HashListError `malformed-document`, `dtd-refused`, `unknown-format`
 */
export const parseDocument = (text: string, rootName: string): Element => {
  const parser = new SaxesParser({ xmlns: true });
  const open: { name: string; attributes: Record<string, string>; children: Element[]; text: string }[] = [];
  let root: Element | undefined;
  parser.on('doctype', () => {
    throw new HashListError('dtd-refused', 'a document type is refused');
  });
  parser.on('error', (error) => {
    throw new HashListError('malformed-document', error.message);
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length >= deepest) throw new HashListError('malformed-document', 'elements are nested too deeply');
    if (open.length === 0 && (local !== rootName || uri !== namespace)) {
      throw new HashListError('unknown-format', `the document is ${JSON.stringify(local)}, not ${rootName}`);
    }
    const given = Object.values(attributes).filter(({ prefix, local: name }) => prefix === '' && name !== 'xmlns');
    open.push({
      name: local,
      attributes: Object.fromEntries(given.map(({ local: name, value }) => [name, value])),
      children: [],
      text: '',
    });
  });
  const addText = (more: string): void => {
    const top = open.at(-1);
    if (top !== undefined) top.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const ended = open.pop();
    if (ended === undefined) return;
    if (open.length === 0) root = ended;
    else open.at(-1)?.children.push(ended);
  });
  parser.write(text).close();
  if (root === undefined) throw new HashListError('malformed-document', 'the document has no root');
  return root;
};

export const child = ({ children }: Element, name: string): Element | undefined =>
  children.find((each) => each.name === name);

/** @throws HashListError `malformed-document` */
export const required = (parent: Element, name: string): Element => {
  const found = child(parent, name);
  if (found === undefined) throw new HashListError('malformed-document', `${parent.name} has no ${name}`);
  return found;
};

import { CybertipError } from '../cybertip-error.js';
import { isWritable } from './characters.js';
import type { XmlElement } from './tree.js';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/**
 * XML text of a tree, to be encoded as UTF-8: no white space between elements, attributes and children in the tree's
 * order, so that one tree is one byte sequence.
 * @throws CybertipError `unwritable-character` for what XML 1.0 cannot carry.
 */
export const serialise = (root: XmlElement): string => `${declaration}${elementText(root)}`;

const elementText = ({ name, attributes, children, text }: XmlElement): string => {
  let tag = name;
  for (const [attribute, value] of Object.entries(attributes)) tag += ` ${attribute}="${escapeAttribute(value)}"`;
  const content = escapeText(text) + children.map(elementText).join('');
  return content === '' ? `<${tag}/>` : `<${tag}>${content}</${name}>`;
};

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader turns these into other white space unless they are written as references (XML 1.0 §2.11, §3.3.3).
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};
const refer = (character: string): string => references[character] ?? character;

const escapeText = (text: string): string => checked(text).replace(/[&<>\r]/g, refer);
const escapeAttribute = (text: string): string => checked(text).replace(/[&<>"\r\n\t]/g, refer);

const checked = (text: string): string => {
  if (isWritable(text)) return text;
  throw new CybertipError('unwritable-character', 'a value holds a character that XML 1.0 cannot carry');
};

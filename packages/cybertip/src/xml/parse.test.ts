import { describe, expect, test } from 'vitest';
import { parseXml } from './parse.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const wide = (text: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describe('a document is read', () => {
  test.each([
    ['UTF-8', utf8('<a>é</a>'), undefined],
    ['UTF-8 with a byte order mark', utf8('\ufeff<a>é</a>'), undefined],
    ['UTF-8 with a byte order mark and a declaration', utf8('\ufeff<?xml version="1.0"?><a>é</a>'), undefined],
    ['UTF-16, little end first', wide('\ufeff<a>é</a>', false), undefined],
    ['UTF-16, big end first', wide('\ufeff<a>é</a>', true), undefined],
    ['UTF-16 without a mark', wide('<?xml version="1.0"?><a>é</a>', true), undefined],
    ['ISO-8859-1 by its declaration', latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'), undefined],
    ['ISO-8859-1 by the header', latin1('<a>é</a>'), 'text/xml; charset=ISO-8859-1'],
    ['UTF-8 by a quoted header', utf8('<a>é</a>'), 'text/xml; charset="utf-8"'],
  ])('in %s', (_, bytes, contentType) => {
    expect(parseXml(bytes, contentType === undefined ? {} : { contentType })).toMatchObject({
      kind: 'done',
      value: { name: 'a', text: 'é' },
    });
  });

  test.each([
    ['CDATA', '<a><![CDATA[<b> & ]]>c</a>', '<b> & c'],
    ['references', '<a>&lt;&amp;&#13;&#x1F600;</a>', '<&\r😀'],
    ['comments and instructions between', '<a>x<!-- no --><?pi no?>y</a>', 'xy'],
    ['line ends of three systems', '<a>1\r\n2\r3\n</a>', '1\n2\n3\n'],
  ])('with %s', (_, xml, text) => {
    expect(parseXml(utf8(xml))).toMatchObject({ kind: 'done', value: { text } });
  });

  test('without the attributes that only point at the schema', () => {
    const xml =
      '<report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      'xsi:noNamespaceSchemaLocation="https://report.cybertip.org/ispws/xsd" own="1"/>';
    const parsed = parseXml(utf8(xml));
    expect(parsed.kind === 'done' && { ...parsed.value.attributes }).toEqual({ own: '1' });
  });

  test('with a foreign namespace kept in the name', () => {
    expect(parseXml(utf8('<report xmlns="urn:x"/>'))).toMatchObject({ kind: 'done', value: { name: '{urn:x}report' } });
  });
});

const laughs = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;">]><a>&n;</a>';

describe('a document is refused', () => {
  test.each([
    ['that declares entities', utf8(laughs), 'document-type'],
    ['that names an outside document type', utf8('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), 'document-type'],
    ['with an undeclared entity', utf8('<a>&nbsp;</a>'), 'malformed'],
    ['that is cut off', utf8('<a><b></a>'), 'malformed'],
    ['with two roots', utf8('<a/><b/>'), 'malformed'],
    ['that is empty', utf8(''), 'malformed'],
    ['with a control character', utf8('<a>\u0001</a>'), 'malformed'],
    ['with an attribute twice', utf8('<a b="1" b="2"/>'), 'malformed'],
    ['that nests too deep', utf8('<a>'.repeat(40) + '</a>'.repeat(40)), 'too-deep'],
    ['that is too large', new Uint8Array(17 * 2 ** 20), 'too-large'],
    ['with bytes that are not UTF-8', Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e), 'encoding'],
    ['in an encoding nobody knows', utf8('<?xml version="1.0" encoding="x-none"?><a/>'), 'encoding'],
  ])('%s', (_, bytes, code) => {
    expect(parseXml(bytes)).toMatchObject({ kind: 'refused', reason: { code } });
  });

  test('with more elements than allowed', () => {
    const many = utf8(`<a>${'<b/>'.repeat(11)}</a>`);
    expect(parseXml(many, { limits: { bytes: 1000, depth: 5, elements: 10 } })).toMatchObject({
      kind: 'refused',
      reason: { code: 'too-large' },
    });
  });
});

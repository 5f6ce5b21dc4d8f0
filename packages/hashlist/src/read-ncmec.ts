import { SaxesParser, type SaxesTagNS } from 'saxes';
import { HashListError } from './hash-list-error.js';
import type { Found, HashKind } from './list-item.js';
import { makeEntry, type RawHash } from './make-entry.js';

const namespace = 'https://hashsharing.ncmec.org/hashsharing/v2';
const deepest = 16;
/** Letters between two tags. PhotoDNA, the longest of the small fingerprints, has a few hundred. */
const longestText = 256 * 1024;

/** Fingerprints of NCMEC v2 that are matched here. The others (PDNA, NETCLEAN, large ones) are not kept. */
const kindOfElement: Readonly<Record<string, HashKind>> = { md5: 'md5', sha1: 'sha1', sha256: 'sha256', pdq: 'pdq' };

interface Item {
  readonly line: number;
  readonly media: 'image' | 'video';
  readonly state: 'shared' | 'withdrawn';
  readonly hashes: RawHash[];
  readonly labels: Record<string, string>;
}

const items: Readonly<Record<string, Pick<Item, 'media' | 'state'>>> = {
  image: { media: 'image', state: 'shared' },
  video: { media: 'video', state: 'shared' },
  deletedImage: { media: 'image', state: 'withdrawn' },
  deletedVideo: { media: 'video', state: 'withdrawn' },
};

/**
 * One page of NCMEC's Hash Sharing API v2: the document `queryResult`. Labels: `media`, `member` (its number),
 * `memberName`, `id`, `timestamp`, `classification`, and `negativeFeedback`, `affirmativeFeedback` with the types of
 * fingerprint that members gave an opinion on.
 * @throws HashListError `malformed-document`, `dtd-refused`, `too-long`
 */
export async function* readNcmec(chunks: AsyncIterable<string>): AsyncGenerator<Found> {
  const found: Found[] = [];
  const parser = new SaxesParser({ xmlns: true });
  const path: string[] = [];
  let item: Item | undefined;
  let text = '';
  let sinceTag = 0;

  parser.on('doctype', () => {
    throw new HashListError('dtd-refused', 'a list with a document type is refused');
  });
  parser.on('error', (error) => {
    throw new HashListError('malformed-document', error.message);
  });
  const addText = (more: string): void => {
    text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', (tag) => {
    sinceTag = 0;
    text = '';
    refuseStranger(tag, path);
    path.push(tag.local);
    const begun = path.length === 3 ? items[tag.local] : undefined;
    if (begun) item = { ...begun, line: parser.line, hashes: [], labels: { media: begun.media } };
    const newest = path.length === 2 ? tag.attributes.maxTimestamp?.value : undefined;
    if (newest !== undefined) found.push({ kind: 'page', page: { maxTimestamp: newest } });
    if (item) addAttributes(item, tag);
  });
  parser.on('closetag', () => {
    sinceTag = 0;
    const value = text.trim();
    text = '';
    if (item) addValue(item, path.slice(3), value);
    if (item && path.length === 3) {
      found.push(foundOf(item));
      item = undefined;
    }
    if (path.join('/') === 'queryResult/paging/next') found.push({ kind: 'page', page: { next: value } });
    path.pop();
  });

  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += longestText) {
      const piece = chunk.slice(at, at + longestText);
      sinceTag += piece.length;
      parser.write(piece);
      if (sinceTag > 2 * longestText) throw new HashListError('too-long', `line ${parser.line}: a value without end`);
      yield* found.splice(0);
    }
  }
  // Complains about what is still open.
  parser.close();
  yield* found.splice(0);
}

const refuseStranger = ({ local, uri }: SaxesTagNS, path: readonly string[]): void => {
  if (path.length === 0 && (local !== 'queryResult' || uri !== namespace)) {
    throw new HashListError(
      'unknown-format',
      `the document is ${JSON.stringify(local)}, not a queryResult of ${namespace}`,
    );
  }
  if (path.length >= deepest) throw new HashListError('malformed-document', 'elements are nested too deeply');
};

const addAttributes = ({ labels }: Item, { local, attributes }: SaxesTagNS): void => {
  if (local === 'member' && labels.member === undefined && attributes.id) labels.member = attributes.id.value;
  if ((local === 'negativeFeedback' || local === 'affirmativeFeedback') && attributes.type) {
    labels[local] = [labels[local], attributes.type.value].filter((type) => type !== undefined).join(',');
  }
};

/** @param path below the item */
const addValue = ({ hashes, labels }: Item, path: readonly string[], value: string): void => {
  const [first = '', second, ...deeper] = path;
  if (path.length === 1) {
    if (first === 'member') labels.memberName = value;
    if (first === 'id' || first === 'timestamp' || first === 'classification') labels[first] = value;
  }
  const kind = first === 'fingerprints' && deeper.length === 0 ? kindOfElement[second ?? ''] : undefined;
  if (kind) hashes.push({ kind, text: value });
};

const foundOf = ({ line, state, hashes, labels }: Item): Found =>
  state === 'withdrawn'
    ? { kind: 'withdrawn', withdrawal: { line, labels } }
    : makeEntry({ line, hashes, labels, text: JSON.stringify(labels) }, 'ambiguous');

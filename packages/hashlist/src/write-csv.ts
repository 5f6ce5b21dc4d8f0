import { roleOf } from './columns.js';
import { HashListError } from './hash-list-error.js';
import { hashKinds, type ListEntry } from './list-item.js';

/**
 * Writes entries as CSV (RFC 4180, UTF-8, line breaks CRLF): columns `md5,sha1,sha256,pdq,quality` and one for each name
 * in `labels`; other labels are left out. `readHashList` reads it back the same.
 * @throws HashListError `unwritable` when a label's name would be read as a hash's
 */
export async function* writeCsv(
  entries: Iterable<ListEntry> | AsyncIterable<ListEntry>,
  labels: readonly string[] = [],
): AsyncGenerator<string> {
  for (const name of labels) {
    if (
      roleOf(name) !== 'label' ||
      name !== name.trim() ||
      name === '' ||
      labels.filter((each) => each === name).length > 1
    ) {
      throw new HashListError('unwritable', `${JSON.stringify(name)} cannot name a column of labels`);
    }
  }
  yield lineOf([...hashKinds, 'quality', ...labels]);
  for await (const { hashes, pdqQuality, labels: values } of entries) {
    const cells = [...hashKinds.map((kind) => hashes[kind] ?? ''), pdqQuality === undefined ? '' : String(pdqQuality)];
    yield lineOf([...cells, ...labels.map((name) => (Object.hasOwn(values, name) ? (values[name] ?? '') : ''))]);
  }
}

const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;

const cellOf = (text: string): string =>
  /[",\r\n#;\t|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

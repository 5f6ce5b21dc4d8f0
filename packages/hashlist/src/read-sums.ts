import type { Found } from './list-item.js';
import { bad, type Hex64, makeEntry, type RawHash } from './make-entry.js';
import { linesOf } from './text-source.js';

const longestLine = 64 * 1024;
const gnu = /^(\\?)([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?: [ *](.+))?$/i;
const bsd = /^(MD5|SHA1|SHA256) \((.+)\) = ([0-9a-f]+)$/i;

/** With a file name: a hash alone is as well a CSV of one column. */
export const isSumsLine = (line: string): boolean => bsd.test(line) || gnu.exec(line)?.[3] !== undefined;

/** The text of `md5sum`, `sha1sum`, `sha256sum`, and of their BSD kin (`MD5 (name) = …`). */
export async function* readSums(chunks: AsyncIterable<string>, hex64: Hex64): AsyncGenerator<Found> {
  for await (const { number: line, text, length } of linesOf(chunks, longestLine)) {
    if (text.trim() === '' || text.startsWith('#')) continue;
    const parsed = length === 'whole' ? parseSum(text) : undefined;
    if (parsed === undefined)
      yield bad({ line, text }, 'malformed-line', 'not "<hash>  <name>" or "MD5 (name) = <hash>"');
    else {
      const labels = parsed.name === undefined ? {} : { name: parsed.name };
      // Nothing but sha256sum writes 64 digits and a name in this form.
      yield makeEntry({ line, hashes: [parsed.hash], labels, text }, parsed.name === undefined ? hex64 : 'sha256');
    }
  }
}

const parseSum = (text: string): { readonly hash: RawHash; readonly name?: string } | undefined => {
  const [, escaped, digits, name] = gnu.exec(text) ?? [];
  if (digits !== undefined) {
    const hash = { kind: 'by-length', text: digits } as const;
    return name === undefined ? { hash } : { hash, name: escaped === '' ? name : unescaped(name) };
  }
  const [, algorithm, inBrackets, sum] = bsd.exec(text) ?? [];
  if (inBrackets === undefined || sum === undefined) return undefined;
  return { hash: { kind: algorithm?.toLowerCase() as 'md5' | 'sha1' | 'sha256', text: sum }, name: inBrackets };
};

/** A leading backslash says that newline, return and backslash in the name are escaped (coreutils manual, md5sum). */
const unescaped = (name: string): string =>
  name.replace(/\\([\\nr])/g, (_, letter: string) => ({ n: '\n', r: '\r' })[letter] ?? '\\');

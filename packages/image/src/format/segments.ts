import { access } from 'node:fs/promises';
import path from 'node:path';

const firstSegment = /^(.*\.)([Ee])01$/;

/** The endings of an EWF image's segments: `E01` to `E99`, then `EAA` to `EZZ`, `FAA`, … to `ZZZ`. */
export function* ewfEndings(): Generator<string, undefined> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  for (let number = 1; number < 100; number++) yield `E${String(number).padStart(2, '0')}`;
  for (const first of letters.slice(letters.indexOf('E')))
    for (const second of letters) for (const third of letters) yield first + second + third;
  return undefined;
}

/** The segment files of an EWF image, by its first; where one is missing they end there, and the tools find out. */
export const ewfSegments = async (first: string): Promise<readonly string[]> => {
  const [, stem, letter] = firstSegment.exec(path.basename(first)) ?? [];
  if (stem === undefined) return [first];
  const segments: string[] = [];
  for (const ending of ewfEndings()) {
    const segment = path.join(path.dirname(first), stem + (letter === 'e' ? ending.toLowerCase() : ending));
    if ((await isThere(segment)) === 'no') break;
    segments.push(segment);
  }
  return segments;
};

const isThere = (file: string): Promise<'yes' | 'no'> =>
  access(file).then(
    () => 'yes',
    () => 'no',
  );

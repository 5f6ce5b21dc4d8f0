import { HashListError } from './hash-list-error.js';

export interface JsonElement {
  /** Line where it begins, from 1. */
  readonly line: number;
  readonly text: string;
}

const longestElement = 256 * 1024;

/**
 * Texts of the elements of a JSON array, one after the other, without holding the array: that of the document, or the
 * one called `entries` in the document's object. The elements are not parsed here; a bad one does not spoil the others.
 * @throws HashListError `malformed-document`, `too-long`
 */
export async function* jsonElements(chunks: AsyncIterable<string>): AsyncGenerator<JsonElement> {
  let depth = 0;
  let line = 1;
  let state: 'before' | 'inside' | 'after' = 'before';
  let inString: 'no' | 'yes' | 'escaped' = 'no';
  let element = '';
  let elementLine = 1;
  /** Text of the document's object before its array, to see what the array is called. */
  let before = '';
  let arrayDepth = 0;

  for await (const chunk of chunks) {
    for (const letter of chunk) {
      if (letter === '\n') line++;
      if (state === 'after' && depth === 0 && !/\s/.test(letter)) {
        throw new HashListError('malformed-document', `line ${line}: something follows the document`);
      }
      const wasInString = inString !== 'no';
      inString = nextStringState(inString, letter);
      const structural = !wasInString && inString === 'no';
      if (state === 'inside') {
        if (structural && depth === arrayDepth && (letter === ',' || letter === ']')) {
          if (element.trim() !== '') yield { line: elementLine, text: element };
          else if (letter === ',') throw new HashListError('malformed-document', `line ${line}: an element is missing`);
          element = '';
          if (letter === ']') {
            state = 'after';
            depth--;
          }
          continue;
        }
        if (element === '') {
          if (/\s/.test(letter)) continue;
          elementLine = line;
        }
        element += letter;
        if (element.length > longestElement)
          throw new HashListError('too-long', `line ${elementLine}: element too long`);
      } else if (state === 'before') {
        before += letter;
        if (before.length > longestElement) throw new HashListError('too-long', 'no array of entries at the beginning');
      }
      if (!structural) continue;
      if (letter === '[' || letter === '{') depth++;
      if (letter === ']' || letter === '}') depth--;
      if (depth < 0) throw new HashListError('malformed-document', `line ${line}: a bracket too many`);
      if (state === 'before' && letter === '[' && isEntriesArray(before, depth)) {
        state = 'inside';
        arrayDepth = depth;
      }
    }
  }
  if (state !== 'after' || depth !== 0) throw new HashListError('malformed-document', 'the JSON document breaks off');
}

const nextStringState = (state: 'no' | 'yes' | 'escaped', letter: string): 'no' | 'yes' | 'escaped' => {
  if (state === 'escaped') return 'yes';
  if (state === 'no') return letter === '"' ? 'yes' : 'no';
  if (letter === '\\') return 'escaped';
  return letter === '"' ? 'no' : 'yes';
};

const isEntriesArray = (before: string, depth: number): boolean =>
  depth === 1 ? before.trim() === '[' : depth === 2 && /"entries"\s*:\s*\[$/.test(before);

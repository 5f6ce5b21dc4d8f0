/** Something in a received document that was not read as it stands; the document itself is kept. */
export interface ReadingNote {
  /**
   * `not-of-its-kind`: the member holds something else than its kind, and is taken as not stated.
   * `not-read`: nobody knows what the member means. `altered`: characters that a database cannot hold became U+FFFD.
   * `cut`: more notes were made than are kept.
   */
  readonly kind: 'not-of-its-kind' | 'not-read' | 'altered' | 'cut';
  /** From `$`, lists from 0: `$.reportedInformation.uploadedFiles[2].viewedByEsp`. */
  readonly path: string;
}

/** Nobody reads more of them; a hostile document could make millions. */
const maxNotes = 200;
/** People, files, captures and texts of one document together. */
export const maxItems = 50_000;

/** What one reading gathers on its way. */
export interface Notes {
  readonly add: (kind: Exclude<ReadingNote['kind'], 'cut'>, path: string) => void;
  /** Called for each item of a list. @throws TooManyItems */
  readonly count: () => void;
  readonly all: () => readonly ReadingNote[];
}

/** Ends a reading; caught where it began. */
export class TooManyItems extends Error {}

export const takeNotes = (): Notes => {
  const notes: ReadingNote[] = [];
  let items = 0;
  return {
    add: (kind, path) => {
      if (notes.length < maxNotes) notes.push({ kind, path });
      else if (notes.length === maxNotes) notes.push({ kind: 'cut', path });
    },
    count: () => {
      if (++items > maxItems) throw new TooManyItems();
    },
    all: () => notes,
  };
};

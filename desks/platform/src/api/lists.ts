import { type Static, Type } from 'typebox';

const count = Type.Integer();
const text = Type.String();

/** Each list by its newest version: what it holds, and how good it was. */
export const listsBody = Type.Object({
  lists: Type.Array(
    Type.Object({
      name: text,
      importedAt: text,
      versions: count,
      sourceName: text,
      sourceSha256: text,
      hashes: Type.Object({ sha256: count, sha1: count, md5: count, pdq: count }),
      /** Lines that were no entry, stood there twice, or whose picture hash says too little to be compared. */
      refused: count,
      doubled: count,
      flagged: count,
      /** Matches of any version, and what people said of them; decisions by policy are not counted. */
      matches: count,
      confirmed: count,
      dismissed: count,
      lastMatchAt: Type.Union([text, Type.Null()]),
    }),
  ),
});
export type ListsBody = Static<typeof listsBody>;

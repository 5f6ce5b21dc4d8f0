/** What became of an entry of a ZIP; every one that is not a folder has such an end. */
export type EntryEnd =
  /** Held as the bytes of a file that the report names. */
  | 'kept'
  /** The report itself. */
  | 'report'
  /** Sound, but the report names no such file: not kept. */
  | 'not-named'
  | EntryFault;

export type EntryFault =
  | 'unsafe-name'
  | 'link'
  | 'encrypted'
  | 'unsupported-compression'
  | 'damaged'
  | 'too-large'
  | 'ratio'
  /** A limit on the whole ZIP was reached before this entry. */
  | 'not-reached';

/** As it is kept with the delivery. */
export interface EntryRecord {
  /** The sender's to choose. */
  readonly name: string;
  readonly end: EntryEnd;
  /** Bytes; absent where the entry was not read. */
  readonly size?: number;
  readonly sha256?: string;
}

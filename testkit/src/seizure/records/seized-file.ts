/** A file of the seizure, below its folder. */
export interface SeizedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly modified?: Date;
}

export const textFile = (path: string, lines: readonly string[]): SeizedFile => ({
  path,
  bytes: Buffer.from(`${lines.join('\n')}\n`),
});

/** A field of RFC 4180. */
export const csvLine = (fields: readonly string[]): string =>
  fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');

/** `2013-05-06T07:08:09Z`. */
export const second = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

import type { Contents } from './contents.js';

/** RFC 8493 §2.1.1, byte for byte. */
export const bagitText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Version of docs/package-format.md. */
export const packageFormat = '1';

export interface PayloadOxum {
  readonly bytes: bigint;
  readonly files: number;
}

/**
 * `bag-info.txt` (RFC 8493 §2.2.2), which says nothing that contents.json does not.
 * @param payload bytes and number of the files under data/
 */
export const formatBagInfo = (contents: Contents, payload: PayloadOxum): string =>
  [
    `Bag-Software-Agent: ${contents.software.name} ${contents.software.version}`,
    `Bagging-Date: ${contents.createdAt.slice(0, 10)}`,
    `External-Identifier: ${contents.package}`,
    `Internal-Sender-Identifier: ${contents.case}`,
    `Tutela-Package-Format: ${packageFormat}`,
    `Payload-Oxum: ${payload.bytes}.${payload.files}`,
    '',
  ].join('\n');

/** The format that bag-info.txt names; `undefined` when it names none. */
export const formatNamed = (bagInfo: string): string | undefined =>
  /(?:^|\n)Tutela-Package-Format: ([^\n]*)\n/.exec(bagInfo)?.[1];

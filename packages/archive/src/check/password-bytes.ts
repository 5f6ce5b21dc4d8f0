import iconv from 'iconv-lite';

/**
 * The code pages in which ZIP programs around the world write passwords, most used first; the format says nothing of it
 * (forensics.md §2.3). RAR5 takes UTF-8, RAR3 and 7z UTF-16LE.
 */
export const zipCodePages = [
  'utf8',
  'cp437',
  'win1252',
  'win1251',
  'gbk',
  'shift_jis',
  'euc-kr',
  'win1256',
  'cp866',
] as const;
export type PasswordEncoding = (typeof zipCodePages)[number] | 'utf16le';

export interface EncodedPassword {
  readonly encoding: PasswordEncoding;
  readonly bytes: Buffer;
}

/** RAR cuts a longer password, silently. */
const longestRarPassword = 127;

export const utf8Password = (password: string): Buffer => Buffer.from(cut(password), 'utf8');
export const utf16Password = (password: string): Buffer => Buffer.from(password, 'utf16le');
export const rar3Password = (password: string): Buffer => Buffer.from(cut(password), 'utf16le');

const cut = (password: string): string => password.slice(0, longestRarPassword);

/** Each way to write the password, once; a plain ASCII word has one. */
export const zipPasswords = (password: string): readonly EncodedPassword[] => {
  const ways = new Map<string, EncodedPassword>();
  for (const encoding of zipCodePages) {
    const bytes = iconv.encode(password, encoding);
    // A letter that the page does not have becomes a question mark: that would be another password.
    if (iconv.decode(bytes, encoding) !== password) continue;
    const known = bytes.toString('hex');
    if (!ways.has(known)) ways.set(known, { encoding, bytes });
  }
  return [...ways.values()];
};

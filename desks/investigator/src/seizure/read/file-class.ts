import { pictureTypeOf } from '@tutela/media';
import type { FileClass } from '../schema.js';

export interface Classified {
  readonly fileClass: FileClass;
  /** `null` where no sign is known. */
  readonly mediaType: string | null;
}

/** What the first bytes of a file say it is; names are not asked. At least 512 bytes, where the file has them. */
export const classify = (head: Uint8Array): Classified => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const picture = pictureTypeOf(bytes);
  if (picture !== undefined) return { fileClass: 'picture', mediaType: `image/${picture}` };
  const sign = signs.find(({ at = 0, bytes: sought }) => bytes.subarray(at, at + sought.length).equals(sought));
  if (sign !== undefined) return sign.refine?.(bytes) ?? sign.is;
  return textClass(bytes) ?? { fileClass: 'other', mediaType: null };
};

interface Sign {
  readonly at?: number;
  readonly bytes: Buffer;
  readonly is: Classified;
  /** A closer look, where several kinds begin alike. */
  readonly refine?: (head: Buffer) => Classified | undefined;
}

const sign = (
  fileClass: FileClass,
  mediaType: string,
  bytes: string,
  more: { readonly at?: number; readonly refine?: (head: Buffer) => Classified | undefined } = {},
): Sign => ({ bytes: Buffer.from(bytes, 'latin1'), is: { fileClass, mediaType }, ...more });

/** ISO 14496-12 §4.3: pictures of this family are found before. */
const quickTime = (head: Buffer): Classified | undefined =>
  head.subarray(8, 12).toString('latin1') === 'qt  ' ? { fileClass: 'video', mediaType: 'video/quicktime' } : undefined;

/** Office Open XML, OpenDocument and EPUB are ZIPs by their first member (APPNOTE 4.3.7, ODF 1.3 part 2 §3.3). */
const zipDocument = (head: Buffer): Classified | undefined => {
  const name = head.subarray(30, 30 + head.readUInt16LE(26)).toString('latin1');
  if (name === '[Content_Types].xml' || name === '_rels/.rels')
    return { fileClass: 'document', mediaType: 'application/vnd.openxmlformats' };
  return name === 'mimetype' ? { fileClass: 'document', mediaType: 'application/vnd.oasis.opendocument' } : undefined;
};

const riff = (head: Buffer): Classified | undefined => {
  const form = head.subarray(8, 12).toString('latin1');
  return form === 'AVI ' ? { fileClass: 'video', mediaType: 'video/x-msvideo' } : undefined;
};

/** A self-extracting RAR begins like any program; its archive follows within the first megabyte. */
const program = (head: Buffer): Classified | undefined =>
  head.includes('Rar!\x1a\x07', 0, 'latin1') ? { fileClass: 'archive', mediaType: 'application/vnd.rar' } : undefined;

const signs: readonly Sign[] = [
  sign('archive', 'application/vnd.rar', 'Rar!\x1a\x07'),
  sign('archive', 'application/zip', 'PK\x03\x04', { refine: zipDocument }),
  sign('archive', 'application/zip', 'PK\x05\x06'),
  sign('archive', 'application/zip', 'PK\x07\x08'),
  sign('archive', 'application/x-7z-compressed', '7z\xbc\xaf\x27\x1c'),
  sign('archive', 'application/gzip', '\x1f\x8b'),
  sign('archive', 'application/x-bzip2', 'BZh'),
  sign('archive', 'application/x-xz', '\xfd7zXZ\0'),
  sign('archive', 'application/zstd', '\x28\xb5\x2f\xfd'),
  sign('archive', 'application/x-tar', 'ustar', { at: 257 }),
  sign('video', 'video/mp4', 'ftyp', { at: 4, refine: quickTime }),
  sign('video', 'video/quicktime', 'moov', { at: 4 }),
  sign('video', 'video/x-matroska', '\x1a\x45\xdf\xa3'),
  sign('other', 'application/x-riff', 'RIFF', { refine: riff }),
  sign('video', 'video/x-flv', 'FLV\x01'),
  sign('video', 'video/x-ms-asf', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'),
  sign('video', 'video/mpeg', '\0\0\x01\xba'),
  sign('video', 'video/mpeg', '\0\0\x01\xb3'),
  sign('document', 'application/pdf', '%PDF-'),
  sign('document', 'application/x-ole-storage', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  sign('document', 'application/rtf', '{\\rtf'),
  sign('database', 'application/vnd.sqlite3', 'SQLite format 3\0'),
  sign('database', 'application/x-msaccess', '\0\x01\0\0Standard '),
  sign('database', 'application/x-postgresql-dump', 'PGDMP'),
  sign('message', 'application/vnd.ms-outlook-pst', '!BDN'),
  sign('other', 'application/x-msdownload', 'MZ', { refine: program }),
  sign('other', 'application/x-executable', '\x7fELF', { refine: program }),
];

/** RFC 5322 header fields that a message begins with, and the separator of RFC 4155. */
const messageStart = /^(From \S+ .*\d{4}|(Return-Path|Received|Message-ID|Delivered-To|From|Date|MIME-Version): )/i;
const dumpStart = /^-- (MySQL|MariaDB|PostgreSQL|SQLite|phpMyAdmin)\b.*dump|^PRAGMA foreign_keys/i;

/** Bytes 0 to 8 and 14 to 31, but for escape, stand in no text. */
const standsInText = (byte: number): boolean => byte > 31 || (byte > 8 && byte < 14) || byte === 27;

const textClass = (head: Buffer): Classified | undefined => {
  const start = head.subarray(head.indexOf(byteOrderMark) === 0 ? 3 : 0, 512);
  const text = start.toString('latin1').trimStart();
  if (text === '' || !start.every(standsInText)) return undefined;
  if (messageStart.test(text)) return { fileClass: 'message', mediaType: 'message/rfc822' };
  if (dumpStart.test(text)) return { fileClass: 'database', mediaType: 'application/sql' };
  return /^(<!doctype html|<html)/i.test(text)
    ? { fileClass: 'document', mediaType: 'text/html' }
    : { fileClass: 'document', mediaType: 'text/plain' };
};

const byteOrderMark = Buffer.from('efbbbf', 'hex');

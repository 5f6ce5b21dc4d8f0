import type { Db } from '@tutela/db';
import { knownFileRows, type VicsRow } from './queries/targets.js';

/** Who writes the file; the rest of the fields of protocols.md §4.1 that are known. */
export interface VicsCase {
  /** GUID. */
  readonly caseId: string;
  readonly caseRef: string;
  readonly organization: string;
  readonly contact: string;
  readonly version: string;
}

const context = 'http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/Default/$metadata#Cases';
const page = 2000;

/**
 * The known files of a case as a Project VIC 2.0 case, as far as its model is public: upper-case hexadecimal, whole
 * numbers, no thumbnails, category 0, since nobody has looked. Files of equal MD5 are one medium with several places. It
 * is readable by open tools and not certified by Project VIC. Text in pieces.
 */
export async function* vicsCase(db: Db, about: VicsCase): AsyncGenerator<string> {
  const media = new Map<string, VicsRow[]>();
  for (let after = 0; ; ) {
    const rows = await knownFileRows(db, about.caseRef, { after, limit: page });
    for (const row of rows) media.set(row.md5, [...(media.get(row.md5) ?? []), row]);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.itemId;
  }
  const head = {
    CaseID: about.caseId,
    CaseNumber: about.caseRef,
    ContactOrganization: about.organization,
    ContactName: about.contact,
    SourceApplicationName: 'Tutela',
    SourceApplicationVersion: about.version,
    TotalMediaFiles: media.size,
    TotalPrecategorized: 0,
  };
  yield `{"@odata.context":${JSON.stringify(context)},"value":[${JSON.stringify(head).slice(0, -1)},"Media":[`;
  let separator = '';
  for (const [md5, rows] of media) {
    yield `${separator}${JSON.stringify(mediumOf(md5, rows))}`;
    separator = ',';
  }
  yield ']}]}\n';
}

const mediumOf = (md5: string, rows: readonly VicsRow[]) => {
  const [first] = rows;
  return {
    MediaID: first?.itemId,
    Category: 0,
    MD5: md5.toUpperCase(),
    SHA1: first?.sha1.toUpperCase(),
    MediaSize: first?.size,
    ...(first?.mediaType != null && { MimeType: first.mediaType }),
    RelativeFilePath: backslashed(first?.path ?? ''),
    IsPrecategorized: false,
    MediaFiles: rows.map((row) => ({
      MD5: md5.toUpperCase(),
      FileName: nameOf(row.path ?? ''),
      FilePath: backslashed(row.path ?? ''),
      ...(row.modifiedAt !== null && { Written: row.modifiedAt }),
      ...(row.parentMd5 !== null && {
        ParentMD5: row.parentMd5.toUpperCase(),
        ParentFileName: nameOf(row.parentPath ?? ''),
        ParentFilePath: backslashed(row.parentPath ?? ''),
      }),
      SourceID: row.exhibit,
    })),
  };
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const backslashed = (path: string): string => path.replaceAll('/', '\\');

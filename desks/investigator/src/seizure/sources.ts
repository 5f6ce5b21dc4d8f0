import { statSync } from 'node:fs';
import path from 'node:path';
import { done, newId, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { type By, type CaseFault, findOpenCase, recordCaseAct } from '../case/cases.js';
import { findExhibit } from '../case/queries.js';
import { accountPathForm } from './account.js';
import type { SeizureDeps } from './deps.js';
import { insertSource, type SourceRow } from './queries/sources.js';
import type { SourceId, SourceKind } from './schema.js';

export interface NewSource {
  readonly caseRef: string;
  /** Number of the exhibit whose content it is. */
  readonly exhibit: string;
  readonly kind: Extract<SourceKind, 'folder' | 'image'>;
  /** Absolute path; of an image in several files, its first. */
  readonly locator: string;
  /** Of an image: the IANA name of the zone its clocks kept. FAT stores local time. */
  readonly zone?: string;
  /** Where the account stands in a path: `storage/*`. */
  readonly accountPath?: string;
}

export type SourceFault = CaseFault | 'unknown-exhibit' | 'malformed-source' | 'no-such-folder' | 'no-such-image';

/** Names what is to be read. Nothing of it is opened or listed yet. */
export const addSource = async (
  { db }: Pick<SeizureDeps, 'db'>,
  source: NewSource,
  { by, at }: By,
): Promise<Outcome<SourceRow, SourceFault>> => {
  const { caseRef, kind, locator, accountPath, zone } = source;
  if (!path.isAbsolute(locator) || (accountPath !== undefined && !accountPathForm.test(accountPath)))
    return refused('malformed-source', 'a source needs an absolute path; accounts stand at "*", such as "storage/*"');
  if (zone !== undefined && (kind !== 'image' || !isZone(zone)))
    return refused('malformed-source', 'a zone is that of an image, by its IANA name, such as America/Bogota');
  const found = statSync(locator, { throwIfNoEntry: false });
  if (kind === 'folder' && !found?.isDirectory()) return refused('no-such-folder', `there is no folder ${locator}`);
  if (kind === 'image' && !found?.isFile()) return refused('no-such-image', `there is no file ${locator}`);
  return inTransaction(db, async (tx): Promise<Outcome<SourceRow, SourceFault>> => {
    const open = await findOpenCase(tx, caseRef);
    if (open.kind !== 'done') return open;
    const exhibit = await findExhibit(tx, caseRef, { number: source.exhibit });
    if (exhibit === undefined) return refused('unknown-exhibit', `there is no exhibit ${source.exhibit} in ${caseRef}`);
    const row = await insertSource(tx, {
      source_id: newId<SourceId>(),
      case_ref: caseRef,
      exhibit_id: exhibit.exhibit_id,
      kind,
      locator: path.normalize(locator),
      account_path: accountPath ?? null,
      zone: zone ?? null,
      added_at: at,
      added_by: by,
    });
    await recordCaseAct(tx, {
      type: 'source-added',
      caseRef,
      by,
      at,
      subjects: [sourceSubject(row.source_id)],
      payload: { exhibit: exhibit.number, kind },
      effects: [
        {
          kind: 'written',
          table: 'investigator.source',
          key: { source_id: row.source_id },
          columns: ['case_ref', 'exhibit_id', 'kind', 'locator', 'account_path', 'zone', 'added_at', 'added_by'],
        },
      ],
    });
    return done(row);
  });
};

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const sourceSubject = (id: SourceId): string => `investigator/source/${id}`;

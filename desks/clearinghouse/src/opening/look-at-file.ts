import { buffer } from 'node:stream/consumers';
import { done, type Outcome } from '@tutela/core';
import type { FileDetails, FileId, ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import type { Category } from '@tutela/exposure';
import type { LookSubject } from '@tutela/exposure/routes';
import { type Compartment, sha256Address } from '@tutela/vault';
import { type GateRefusal, passGate } from './gate.js';

/** A file of a report, for a preview or a reveal, if the gate lets it through: a preview is a look into it too. */
export const findFileSubject = async (
  { db, vault }: { readonly db: Db; readonly vault: Compartment },
  number: ReportNumber,
  fileId: FileId,
): Promise<Outcome<LookSubject, GateRefusal>> => {
  const passed = await passGate(db, number, fileId);
  if (passed.kind !== 'done') return passed;
  const { sha256, size, details } = passed.value;
  return done({
    desk: 'clearinghouse',
    ref: `report/${number}/file/${fileId}`,
    sha256,
    size,
    categories: categoriesOf(details),
    open: async () => {
      const opened = await vault.open(sha256Address(sha256));
      return opened.kind === 'done' ? done(await buffer(opened.value.bytes)) : opened;
    },
  });
};

/** What the reporter said of a file (`industryClassification`, `fileAnnotations`). */
const categoriesOf = (details: FileDetails | null): readonly Category[] => {
  const said = details?.fileAnnotations ?? {};
  const annotated: readonly (readonly [unknown, Category])[] = [
    [said.infant, 'infant'],
    [said.violenceGore ?? said.physicalHarm, 'violence'],
    [said.bestiality, 'bestiality'],
    [said.animeDrawingVirtualHentai, 'drawing'],
    [said.generativeAi, 'generated'],
    [said.possibleSelfProduction, 'self-produced'],
  ];
  const classes = details?.industryClassification === undefined ? [] : [details.industryClassification];
  return [...classes, ...annotated.flatMap(([flag, category]) => (flag === undefined ? [] : [category]))];
};

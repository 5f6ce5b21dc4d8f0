import type { FileDetails } from '../schema/documents.js';
import type { Breach, Rule } from './rule.js';

const supplemental: Rule<FileDetails> = {
  id: 'file.supplemental-unclassified',
  source: 'protocols.md §1.7, fileDetails',
  breaches: (file) => {
    if (file.fileRelevance !== 'Supplemental Reported') return [];
    const breaches: Breach[] = [];
    const remedy = 'Leave it out, or mark the file Reported.';
    const refuse = (name: string): void => {
      breaches.push({ path: `/fileDetails/${name}`, message: 'a supplemental file may not carry this', remedy });
    };
    if (file.potentialMeme === true) refuse('potentialMeme');
    if (file.fileAnnotations?.potentialMeme === true) refuse('fileAnnotations/potentialMeme');
    if (file.industryClassification !== undefined) refuse('industryClassification');
    return breaches;
  },
};

const viewedWithExif: Rule<FileDetails> = {
  id: 'file.exif-viewed-implies-viewed',
  source: 'protocols.md §1.7, fileDetails',
  breaches: (file) =>
    file.exifViewedByEsp === true && file.fileViewedByEsp !== true
      ? [
          {
            path: '/fileDetails/fileViewedByEsp',
            message: 'the EXIF data was viewed but the file is not marked as viewed',
            remedy: 'Send both flags as the view log has them.',
          },
        ]
      : [],
};

export const fileRules: readonly Rule<FileDetails>[] = [supplemental, viewedWithExif];

import { parseInstant } from '@tutela/core';
import type { DeliveredFile } from './delivered.js';
import type { Members } from './members.js';
import { captures } from './read-person.js';

export const readFile = (file: Members): DeliveredFile => {
  const metadata = file.list(
    'espMetadata',
    (pair) => ({ name: pair.text('name'), value: pair.text('value'), others: pair.rest() }),
    ['metadatas', 'espMetadata'],
  );
  return {
    name: file.text('filename'),
    originalName: file.text('originalFilename'),
    submittalId: file.text('submittalId'),
    verificationHash: file.text('verificationHash'),
    industryClassification: file.text('industryClassification'),
    viewedByEsp: file.flag('viewedByEsp'),
    exifViewedByEsp: file.flag('exifViewedByEsp'),
    publiclyAvailable: file.flag('publiclyAvailable'),
    uploaded: uploaded(file, metadata),
    tags: file.list(
      'ncmecTags',
      (group) => {
        const tags = group.texts('tags');
        return [...tags, ...Object.entries(group.rest()).map(([name, value]) => `${name}: ${value}`)];
      },
      ['groups', 'ncmecTags'],
    ),
    metadata,
    captures: captures(file),
    texts: file.texts('additionalInformations'),
    others: file.rest(),
  };
};

/** Dropbox states the upload in `espMetadata` under this name; Tutela's own export does both. */
const uploadName = 'Upload Date and Time';

const uploaded = (file: Members, metadata: DeliveredFile['metadata']): DeliveredFile['uploaded'] => {
  const own = file.moment('uploadedToEsp');
  if (own !== null) return { ...own, source: 'uploadedToEsp' };
  const stated = metadata.find(({ name }) => name === uploadName)?.value ?? null;
  return stated === null ? null : { stated, at: parseInstant(stated) ?? null, source: 'espMetadata' };
};

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { UtcInstant } from '@tutela/core';
export interface ImportedList {
  readonly version: string;
  readonly importedAt: UtcInstant;
}
export const importList = async (_deps: object, _path: string): Promise<ImportedList> => {
  throw new Error(`${createHash} ${randomUUID} ${createReadStream}`);
};

import { readFile } from 'node:fs/promises';
import { AttributionError } from '../../attribution-error.js';
import type { LogFormat } from '../line-reader.js';
import { parsePatternFile } from './pattern.js';
import { patternFormat } from './pattern-format.js';

/** Names of the pattern files that stand in the package's `patterns/`, to be used as they are or copied and edited. */
export const shippedPatterns = ['a10-ascii', 'nfware', 'sixwind', 'vpp', 'vyos', 'citrix'] as const;
export type ShippedPattern = (typeof shippedPatterns)[number];

/** @throws AttributionError `bad-declaration` when the file that was shipped is damaged. */
export const loadShippedPattern = async (name: ShippedPattern): Promise<LogFormat> => {
  const text = await readFile(new URL(`../../../patterns/${name}.pattern`, import.meta.url), 'utf8');
  const file = parsePatternFile(text);
  if (file.kind !== 'done') throw new AttributionError('bad-declaration', `patterns/${name}: ${file.reason.message}`);
  return patternFormat(file.value);
};

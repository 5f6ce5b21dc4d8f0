import type { ArchiveFormat } from '../census/census.js';

const endings: Readonly<Record<ArchiveFormat, RegExp>> = {
  rar5: /\.part\d+\.(?:rar|exe)$|\.r\d\d$|\.rar$/i,
  rar4: /\.part\d+\.(?:rar|exe)$|\.[r-z]\d\d$|\.rar$/i,
  zip: /\.z\d\d$|\.zip\.\d{3}$|\.zip$/i,
  '7z': /\.7z\.\d{3}$|\.7z$/i,
};
const single: Readonly<Record<ArchiveFormat, string>> = { rar5: '.rar', rar4: '.rar', zip: '.zip', '7z': '.7z' };

/**
 * Names under which 7-Zip finds the next volume from the one before: the endings that the files had, when each has one,
 * on a stem of ours.
 */
export const namesFor = (format: ArchiveFormat, names: readonly string[]): readonly string[] => {
  const found = names.map((name) => endings[format].exec(name)?.[0].toLowerCase());
  if (names.length > 1 && found.every((ending) => ending !== undefined)) return found.map((ending) => `a${ending}`);
  if (names.length === 1) return [`a${single[format]}`];
  return names.map((_, at) => `a.part${String(at + 1).padStart(4, '0')}${single[format]}`);
};

const longest = 80;

/**
 * A name inside of a ZIP for the `ordinal`th file (from 1): it can be written on any system, stays in its folder, and is
 * nobody else's. What the file was really called stands in the report.
 */
export const entryName = (ordinal: number, name: string): string => {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return `files/${String(ordinal).padStart(4, '0')}-${shortened(safe)}`;
};

/** Keeps the ending, by which programs know what to open a file with. */
const shortened = (name: string): string => {
  const letters = Array.from(name);
  if (letters.length <= longest) return name === '' ? 'file' : name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return `${letters.slice(0, longest - ending.length).join('')}${ending}`;
};

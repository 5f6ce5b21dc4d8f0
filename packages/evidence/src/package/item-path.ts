import { pathFault } from '../format/index.js';

const longest = 80;

/** Where an item lies. What it was called where it was found stands in the records: here it is safe on any system. */
export const itemPath = (
  item: { readonly id: string; readonly as: 'original' | 'derivative'; readonly name: string },
  form: 'plain' | 'encrypted',
): string => {
  const ending = form === 'encrypted' ? '.age' : '';
  const name = safeName(item.name);
  return `data/items/${item.id}/${prefixOf(item.as, name)}${name}${ending}`;
};

/** An original and a derivative of one item share a folder, and no name may make one look like the other. */
const prefixOf = (as: 'original' | 'derivative', name: string): string => {
  if (as === 'derivative') return 'derivative-';
  return /^(derivative|original)-/i.test(name) ? 'original-' : '';
};

/** Keeps the ending, by which programs know what to open a file with. */
export const safeName = (name: string): string => {
  const clean = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._ -]+/gu, '_')
    .replace(/^[.\s_-]+|[.\s]+$/g, '');
  if (clean === '') return 'file';
  const letters = Array.from(clean);
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  const short = letters.length <= longest ? clean : `${letters.slice(0, longest - ending.length).join('')}${ending}`;
  const safe = pathFault(short) === undefined ? short : `file-${short}`;
  return pathFault(safe) === undefined && Buffer.byteLength(safe) <= 200 ? safe : `file${ending}`;
};

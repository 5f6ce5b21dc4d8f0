import type { Modified } from './census.js';

/** MS-DOS date and time: local, in steps of two seconds, without a zone. */
export const dosTime = (value: number): Modified => {
  const two = (field: number): string => String(field).padStart(2, '0');
  const date = value >>> 16;
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
  const time = `${two((value >> 11) & 31)}:${two((value >> 5) & 63)}:${two(2 * (value & 31))}`;
  return { kind: 'floating', text: `${day}T${time}` };
};

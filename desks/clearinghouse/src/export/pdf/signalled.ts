import type { Signal } from '../../location/location.js';
import type { Disclosure } from '../disclose.js';

/** What stands in the report where a signal was found: the address, or the place that was stated. */
export const signalled = ({ report, files }: Disclosure, { path }: Signal): string => {
  const [, fileId, inFile] = /^\/fileDetails\[fileId="([0-9a-f]{32})"\]\/(.+)$/.exec(path) ?? [];
  const found =
    inFile === undefined
      ? at({ report }, path.slice(1))
      : at(files.find((file) => file.file_id === fileId)?.details ?? {}, inFile);
  if (typeof found === 'object' && found !== null && 'ipAddress' in found) return String(found.ipAddress);
  return typeof found === 'string' ? found : path;
};

/** Along a path such as `report/personOrUserReported[1]/ipCaptureEvent[2]`, counted from 1. */
const at = (root: unknown, path: string): unknown =>
  path.split('/').reduce((value: unknown, step) => {
    const [, name = '', place] = /^(\w+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const member = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    return place !== undefined && Array.isArray(member) ? (member[Number(place) - 1] as unknown) : member;
  }, root);

import { done } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import { malformed } from '../format/canonical-file.js';
import {
  type Contents,
  type ExportRequest,
  limits,
  packagePaths,
  parseContents,
  parseExportRequest,
} from '../format/index.js';
import { wholeFile } from './digesting.js';
import type { PackageSource } from './ports.js';

/** What a package says of itself. */
export interface SaidContents {
  readonly contents: Contents;
  readonly request: ExportRequest;
}

/** Reads contents.json and request.json, and checks nothing but their form. */
export const readContents = async (source: PackageSource): Promise<Verdict<SaidContents, 'malformed'>> => {
  const paths = new Set<string>();
  for await (const { path, kind } of source.list()) if (kind === 'file') paths.add(path);
  const read = (path: string) => (paths.has(path) ? wholeFile(source.read(path), limits.jsonBytes) : undefined);
  const [contentsBytes, requestBytes] = [await read(packagePaths.contents), await read(packagePaths.request)];
  if (contentsBytes === undefined || requestBytes === undefined) return malformed('it has no contents or no request');
  const contents = parseContents(contentsBytes);
  if (contents.kind !== 'done') return contents;
  const request = parseExportRequest(requestBytes);
  return request.kind === 'done' ? done({ contents: contents.value, request: request.value }) : request;
};

import path from 'node:path';
import { VaultError } from '../vault-error.js';

/** Where objects lie, as an operator writes it: a folder, or `s3://bucket/prefix?endpoint=https://…&region=…`. */
export type StorePlace = { readonly kind: 'folder'; readonly folder: string } | ({ readonly kind: 's3' } & S3Place);

export interface S3Place {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
  /** Another server than Amazon's; addressed by path, not by host name. */
  readonly endpoint?: string;
  readonly region: string;
}

/**
 * @param folder what a relative path starts from
 * @throws VaultError `place-unusable`
 */
export const parseStorePlace = (text: string, folder: string): StorePlace => {
  if (!/^[a-z0-9]+:\/\//.test(text)) return { kind: 'folder', folder: path.resolve(folder, text) };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 's3:' || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new VaultError('place-unusable', 'a store is a folder or s3://bucket/prefix?endpoint=…&region=…');
  }
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'endpoint' && name !== 'region');
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  const usable = endpoint === undefined || (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol));
  if (unknown.length > 0 || !usable) {
    throw new VaultError(
      'place-unusable',
      'after the ? of an s3:// store stand endpoint=http(s)://… and region=… only',
    );
  }
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
  return {
    kind: 's3',
    bucket: url.hostname,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    ...(endpoint !== undefined && { endpoint }),
  };
};

import { pathFault } from './paths.js';

export type ManifestAlgorithm = 'sha256' | 'sha512';

export const manifestAlgorithms: readonly ManifestAlgorithm[] = ['sha512', 'sha256'];

/** `payload`: everything under data/. `tag`: everything else but the tag manifests. */
export type ManifestScope = 'payload' | 'tag';

export const manifestPath = (scope: ManifestScope, algorithm: ManifestAlgorithm): string =>
  `${scope === 'tag' ? 'tag' : ''}manifest-${algorithm}.txt`;

export interface ManifestLine {
  /** Lower-case hexadecimal. */
  readonly digest: string;
  readonly path: string;
}

/** A line as `sha512sum` writes it. */
export const formatManifestLine = ({ digest, path }: ManifestLine): string => `${digest}  ${path}\n`;

const digestLength: Readonly<Record<ManifestAlgorithm, number>> = { sha256: 64, sha512: 128 };

export type ReadManifestLine =
  | { readonly kind: 'line'; readonly line: ManifestLine }
  | { readonly kind: 'unsafe'; readonly path: string; readonly why: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** RFC 8493 §2.1.3 in one of the ways that it allows. @param text without the line feed */
export const parseManifestLine = (algorithm: ManifestAlgorithm, text: string): ReadManifestLine => {
  const [, digest = '', path = ''] = /^([0-9a-f]+) {2}(.+)$/su.exec(text) ?? [];
  if (digest.length !== digestLength[algorithm])
    return { kind: 'malformed', why: 'not a digest, two spaces and a path' };
  const why = pathFault(path);
  return why === undefined ? { kind: 'line', line: { digest, path } } : { kind: 'unsafe', path, why };
};

/** Which manifest names a path; `undefined` for the tag manifests, which nothing names. */
export const scopeOf = (path: string): ManifestScope | undefined => {
  if (path.startsWith('data/')) return 'payload';
  return manifestAlgorithms.some((algorithm) => path === manifestPath('tag', algorithm)) ? undefined : 'tag';
};

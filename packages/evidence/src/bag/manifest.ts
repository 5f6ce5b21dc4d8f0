import { EvidenceError } from '../evidence-error.js';
import { formatManifestLine, type ManifestAlgorithm, pathFault } from '../format/index.js';

/** A file of a bag. Digests in lower-case hexadecimal. */
export interface BagFile {
  /** Relative to the bag, with `/`. */
  readonly path: string;
  readonly bytes: bigint;
  readonly sha256: string;
  readonly sha512: string;
}

/**
 * Lines of a payload or tag manifest, in the order of the paths' bytes.
 * @throws EvidenceError `invalid` for a path that the format refuses; RFC 8493 §2.1.3 would have `%`, CR and LF written as
 * `%25`, `%0D`, `%0A`, but neither sha512sum nor bagit.py 1.9.0 read `%25`
 */
export const manifestText = (files: readonly BagFile[], algorithm: ManifestAlgorithm): string =>
  inByteOrder(files)
    .map(({ path, [algorithm]: digest }) => {
      const fault = pathFault(path);
      if (fault !== undefined) throw new EvidenceError('invalid', `${JSON.stringify(path)} cannot be packed: ${fault}`);
      return formatManifestLine({ digest, path });
    })
    .join('');

/** By UTF-8 bytes, as `sort` does in the C locale: the same on every machine. */
export const inByteOrder = <Named extends { readonly path: string }>(files: readonly Named[]): Named[] =>
  files.toSorted((one, other) => Buffer.compare(Buffer.from(one.path), Buffer.from(other.path)));

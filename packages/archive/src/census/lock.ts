/** One thing to find the password of. */
export interface Lock {
  /** Equal for equal key material, in whatever file it lies: hexadecimal, 64 digits. */
  readonly key: string;
  readonly kdf: Kdf;
  readonly hashcat: HashcatLine;
  readonly check: Check;
}

/** What one password check costs. */
export interface Kdf {
  readonly name: 'pbkdf2-hmac-sha256' | 'pbkdf2-hmac-sha1' | 'rar3-sha1' | '7z-sha256' | 'zipcrypto';
  readonly rounds: number;
}

export type HashcatLine =
  | { readonly kind: 'line'; readonly mode: number; readonly line: string }
  /** No line that hashcat could ever match; the embedded check works all the same. */
  | { readonly kind: 'none'; readonly why: NoLine };

export type NoLine =
  | 'volume-end-block-not-constant'
  | 'end-block-not-found'
  | 'no-check-value'
  | 'member-beyond-limits'
  | 'member-in-several-volumes'
  | 'coder-not-supported';

/**
 * All that a check of passwords needs, and nothing that says whose archive it is: no names. Bytes are hexadecimal, so
 * that it travels as JSON to another machine.
 */
export type Check =
  | { readonly scheme: 'rar5'; readonly salt: string; readonly log2Rounds: number; readonly checkValue: string }
  /** The first encrypted header and what follows, to its end or 2 KiB. */
  | { readonly scheme: 'rar3-headers'; readonly salt: string; readonly header: string }
  | {
      readonly scheme: 'rar3-member';
      readonly salt: string;
      readonly method: number;
      readonly unpackVersion: number;
      readonly unpackedBytes: number;
      readonly crc32: number;
      readonly data: string;
    }
  | {
      readonly scheme: 'zip-aes';
      readonly strength: 1 | 2 | 3;
      readonly salt: string;
      readonly verifier: string;
      readonly data: string;
      readonly authentication: string;
    }
  | {
      readonly scheme: 'zip-crypto';
      readonly checkByte: number;
      readonly method: number;
      readonly crc32: number;
      readonly data: string;
    }
  | {
      readonly scheme: '7z';
      readonly log2Rounds: number;
      readonly salt: string;
      readonly iv: string;
      readonly data: string;
      /** After decryption and before decompression. */
      readonly packedBytes: number;
      readonly coder: { readonly name: 'copy' | 'lzma' | 'lzma2'; readonly properties: string };
      /** Of the first file in the packed stream. */
      readonly unpackedBytes: number;
      readonly crc32: number;
    }
  /** Too large or too rare for a check of its own: only opening it tells. */
  | { readonly scheme: 'by-opening' };

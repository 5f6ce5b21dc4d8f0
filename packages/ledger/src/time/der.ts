import * as asn1js from 'asn1js';

/** Bytes of a token, a reply or a certificate; real tokens with their chain have two to ten thousand. */
export const largestDer = 256 * 1024;

export type Block = asn1js.BaseBlock;

/** What cannot be read ends here and nowhere else: `attempt` turns it into a refusal. */
class Unreadable extends Error {}

export const unreadable = (why: string): never => {
  throw new Unreadable(why);
};

/**
 * Runs a reader of hostile bytes. Whatever it throws, a fault of the ASN.1 library included, is that the bytes are not
 * what they should be.
 */
export const attempt = <T>(read: () => T): { readonly value: T } | { readonly why: string } => {
  try {
    return { value: read() };
  } catch (error) {
    return { why: error instanceof Unreadable ? error.message : 'it is not the ASN.1 structure that it should be' };
  }
};

/** One ASN.1 value and nothing after it, within limits on size, depth and number of parts. */
export const readDer = (der: Uint8Array): Block => {
  if (der.length > largestDer) unreadable(`longer than ${largestDer} bytes`);
  const { offset, result } = asn1js.fromBER(der, { maxDepth: 40, maxNodes: 20_000, maxContentLength: largestDer });
  if (offset !== der.length) unreadable('it is not one ASN.1 value, or something follows it');
  return result;
};

export const partsOf = (block: Block | undefined): readonly Block[] =>
  block instanceof asn1js.Constructed || block instanceof asn1js.Sequence || block instanceof asn1js.Set
    ? block.valueBlock.value
    : unreadable('a part that should hold others does not');

/** The bytes of a part as they stood in what was read. */
export const bytesOfBlock = (block: Block): Uint8Array => new Uint8Array(block.valueBeforeDecodeView);

export const octetsOf = (block: Block | undefined): Uint8Array =>
  block instanceof asn1js.OctetString ? new Uint8Array(block.getValue()) : unreadable('a part is not an octet string');

export const integerOf = (block: Block | undefined): Uint8Array =>
  block instanceof asn1js.Integer
    ? new Uint8Array(block.valueBlock.valueHexView)
    : unreadable('a part is not a number');

export const oidOf = (block: Block | undefined): string =>
  block instanceof asn1js.ObjectIdentifier
    ? block.valueBlock.toString()
    : unreadable('a part is not an object identifier');

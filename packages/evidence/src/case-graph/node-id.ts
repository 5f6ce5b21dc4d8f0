import { createHash } from 'node:crypto';

/** Namespace of our identifiers (RFC 9562 §5.5); arbitrary and never changed, so that the same package is the same graph. */
const namespace = Buffer.from('b7c1a1c29ad54b6a8a8d0e6a3c4f5d21', 'hex');

/** Names the nodes of one package's graph: the same kind and name is the same node, in this package and no other. */
export type NodeIds = (kind: string, ...name: readonly string[]) => string;

/** UUID version 5 (RFC 9562 §5.5) as IRI; UCO advises identifiers that end in a UUID. */
export const nodeIds =
  (packageId: string): NodeIds =>
  (...parts) => {
    const name = JSON.stringify([packageId, ...parts]);
    const digest = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
    digest[6] = ((digest[6] as number) & 0x0f) | 0x50;
    digest[8] = ((digest[8] as number) & 0x3f) | 0x80;
    const hex = digest.toString('hex');
    const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
    return `urn:uuid:${groups.join('-')}`;
  };

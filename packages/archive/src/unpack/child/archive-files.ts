import { readSync } from 'node:fs';
import type { SevenZipModule } from '7z-wasm';
import type { UnpackRequest } from '../wire.js';

interface Node {
  usedBytes: number;
  stream_ops: Readonly<Record<string, unknown>>;
}

/** Lays the volumes into the library's file system; those of descriptors are read where 7-Zip reads them. */
export const layVolumes = ({ FS }: SevenZipModule, volumes: UnpackRequest['volumes']): void => {
  FS.mkdir('/in');
  for (const { name, from } of volumes) {
    const path = `/in/${name}`;
    if ('base64' in from) {
      FS.writeFile(path, Buffer.from(from.base64, 'base64'));
      continue;
    }
    FS.writeFile(path, new Uint8Array());
    const node = FS.lookupPath(path).node as unknown as Node;
    node.usedBytes = from.bytes;
    node.stream_ops = {
      ...node.stream_ops,
      read: (_: unknown, buffer: Uint8Array, offset: number, length: number, position: number) =>
        position >= from.bytes ? 0 : readSync(from.descriptor, buffer, offset, length, position),
    };
  }
};

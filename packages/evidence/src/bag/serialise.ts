import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Headers, pack } from 'tar-stream';
import { ZipFile } from 'yazl';
import { EvidenceError } from '../evidence-error.js';
import { inByteOrder } from './manifest.js';

/** In every entry, so that the same package is the same file. A ZIP knows no zone and nothing earlier: local time here. */
const zipTime = new Date(1980, 0, 1);
const tarTime = new Date('1980-01-01T00:00:00Z');
const mode = 0o644;

/** Regular files below a folder, by path with `/`. @throws EvidenceError `invalid` for anything else in it */
export const listFiles = async (folder: string): Promise<readonly { readonly path: string }[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const found = path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    if (entry.isDirectory()) return [];
    if (!entry.isFile()) throw new EvidenceError('invalid', `${found} is neither a file nor a folder`);
    return [{ path: found }];
  });
  return inByteOrder(files);
};

/** The package as a ZIP: one folder of its name, nothing compressed, the same bytes each time; ZIP64 where sizes ask for it. */
export const packageZip = async (folder: string): Promise<Readable> => {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  for (const file of await listFiles(folder)) {
    zip.addFile(path.join(folder, file.path), `${path.basename(folder)}/${file.path}`, {
      mtime: zipTime,
      mode: 0o100000 | mode,
      compress: false,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  return output;
};

/** The package as a tar (POSIX pax): one folder of its name, the same bytes each time. */
export const packageTar = async (folder: string): Promise<Readable> => {
  const files = await listFiles(folder);
  const tar = pack();
  const write = async (): Promise<void> => {
    for (const file of files) {
      const source = path.join(folder, file.path);
      const { size } = await stat(source);
      const name = `${path.basename(folder)}/${file.path}`;
      const header: Headers = { name, size, mtime: tarTime, mode, type: 'file', uid: 0, gid: 0 };
      await pipeline(createReadStream(source), tar.entry(header));
    }
    tar.finalize();
  };
  write().catch((error: Error) => tar.destroy(error));
  return tar as unknown as Readable;
};

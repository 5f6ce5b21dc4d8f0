/// <reference lib="dom" />
import type { ByteSource } from '../archive/members.js';
import type { PackageSource, SourceEntry } from '../ports.js';

/** A file of a package and its path below the folder; `file` is absent for a folder that is empty. */
export interface GivenFile {
  readonly path: string;
  readonly file?: File;
}

/** What somebody gave to the page: the files of a folder, or one archive. */
export type Given =
  | { readonly kind: 'folder'; readonly files: readonly GivenFile[] }
  | { readonly kind: 'archive'; readonly file: File };

async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

export const blobBytes = (blob: Blob): ByteSource => ({
  size: blob.size,
  read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  stream: (from, to) => chunksOf(blob.slice(from, to)),
  close: async () => {},
});

export const filesSource = (files: readonly GivenFile[]): PackageSource => {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  return {
    list: async function* () {
      for (const { path, file } of files) yield entryOf(path, file);
    },
    read: (path) => chunksOf(byPath.get(path) as File),
    close: async () => {},
  };
};

const entryOf = (path: string, file: File | undefined): SourceEntry =>
  file === undefined ? { path, kind: 'empty-folder', bytes: 0n } : { path, kind: 'file', bytes: BigInt(file.size) };

/** What was chosen with a folder picker: paths begin with the folder's own name. */
export const filesOfPicker = (list: Iterable<File>): readonly GivenFile[] =>
  [...list].map((file) => ({ path: file.webkitRelativePath.replace(/^[^/]*\//, ''), file }));

/** What TypeScript's own description of a browser lacks: the File System API of Chrome and Edge. */
interface Handle {
  readonly kind: 'file' | 'directory';
  readonly name: string;
  readonly values: () => AsyncIterable<Handle>;
  readonly getFile: () => Promise<File>;
}
interface HandedItem {
  readonly getAsFileSystemHandle?: () => Promise<Handle | null>;
}

/**
 * What was dropped: one folder, or one file; `undefined` for anything else. Call it before anything is awaited.
 *
 * Chrome reads dropped entries on no page that was opened from a folder, and hands out handles that it does read; other
 * browsers have no handles.
 */
export const givenByDrop = async (items: DataTransferItemList): Promise<Given | undefined> => {
  const [item, ...more] = items;
  const entry = item?.webkitGetAsEntry();
  if (item === undefined || !entry || more.length > 0) return undefined;
  const file = item.getAsFile();
  if (!isFolder(entry)) return file === null ? undefined : { kind: 'archive', file };
  const handle = await (item as HandedItem).getAsFileSystemHandle?.();
  const files: GivenFile[] = [];
  for await (const each of handle ? filesOfHandle(handle, '') : filesBelow(entry, '')) files.push(each);
  return { kind: 'folder', files };
};

async function* filesOfHandle(folder: Handle, prefix: string): AsyncGenerator<GivenFile> {
  let count = 0;
  for await (const handle of folder.values()) {
    count++;
    if (handle.kind === 'directory') yield* filesOfHandle(handle, `${prefix}${handle.name}/`);
    else yield { path: `${prefix}${handle.name}`, file: await handle.getFile() };
  }
  if (count === 0 && prefix !== '') yield { path: prefix.slice(0, -1) };
}

async function* filesBelow(folder: FileSystemDirectoryEntry, prefix: string): AsyncGenerator<GivenFile> {
  const reader = folder.createReader();
  let count = 0;
  for (;;) {
    // It tells some at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    count += some.length;
    for (const entry of some) {
      if (isFolder(entry)) yield* filesBelow(entry, `${prefix}${entry.name}/`);
      else yield { path: `${prefix}${entry.name}`, file: await fileOf(entry as FileSystemFileEntry) };
    }
  }
  if (count === 0 && prefix !== '') yield { path: prefix.slice(0, -1) };
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

import type { SevenZipModule } from '7z-wasm';
import type { UnpackRequest, UnpackResult } from '../wire.js';

/** Thrown through 7-Zip to stop it. */
export class Stopped extends Error {}

export interface MemberEvents {
  readonly onMember: (path: string) => void;
  readonly onData: (bytes: Uint8Array) => void;
  readonly onEnd: () => void;
}

interface OpenStream {
  readonly path: string;
  readonly flags: number;
}

const writing = 3;
export const outFolder = '/out';

/**
 * Hands every byte that 7-Zip writes below `/out` on instead of keeping it, in the order of the file, and counts. Links
 * are refused. Nothing of an archive is ever written to a disk under a name that the archive chose.
 */
export const divertMembers = (
  { FS }: SevenZipModule,
  { mostBytes, mostMembers }: UnpackRequest,
  { onMember, onData, onEnd }: MemberEvents,
): { readonly stoppedBy: () => UnpackResult['stoppedBy'] } => {
  let stoppedBy: UnpackResult['stoppedBy'];
  let members = 0;
  let bytes = 0;
  const written = new Map<unknown, number>();
  const stop = (why: NonNullable<UnpackResult['stoppedBy']>): never => {
    stoppedBy = why;
    throw new Stopped(why);
  };
  const isMember = (stream: OpenStream): boolean =>
    (stream.flags & writing) !== 0 && stream.path.startsWith(`${outFolder}/`);

  FS.mkdir(outFolder);
  const open = FS.open.bind(FS);
  const write = FS.write.bind(FS);
  const close = FS.close.bind(FS);
  Object.assign(FS, {
    open: (...parameters: Parameters<typeof open>) => {
      const stream = open(...parameters);
      const opened = stream as unknown as OpenStream;
      if (!isMember(opened)) return stream;
      if (++members > mostMembers) stop('members');
      written.set(stream, 0);
      onMember(opened.path.slice(outFolder.length + 1));
      return stream;
    },
    write: (...[stream, buffer, offset, length, position, canOwn]: Parameters<typeof write>) => {
      const before = written.get(stream);
      if (before === undefined) return write(stream, buffer, offset, length, position, canOwn);
      const at = position ?? (stream as unknown as { position: number }).position;
      if (at !== before) stop('order');
      bytes += length;
      if (bytes > mostBytes) stop('bytes');
      onData(new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length));
      written.set(stream, before + length);
      if (position === undefined) (stream as unknown as { position: number }).position = before + length;
      return length;
    },
    close: (stream: Parameters<typeof close>[0]) => {
      if (written.delete(stream)) onEnd();
      close(stream);
    },
    // 7-Zip announces the size first: a lie would take the memory.
    ftruncate: () => undefined,
    allocate: () => undefined,
    symlink: () => stop('link'),
  });
  return { stoppedBy: () => stoppedBy };
};

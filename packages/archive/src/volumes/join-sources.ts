import type { ArchiveSource } from '../bytes/archive-source.js';

/** Files cut by size (`.7z.001`, `.002`, …) read as the one archive they are. */
export const joinSources = (parts: readonly ArchiveSource[]): ArchiveSource => ({
  size: parts.reduce((sum, { size }) => sum + size, 0),
  read: async (offset, length) => {
    const pieces: Uint8Array[] = [];
    let start = 0;
    for (const part of parts) {
      const from = Math.max(offset - start, 0);
      const to = Math.min(offset + length - start, part.size);
      if (from < to) pieces.push(await part.read(from, to - from));
      start += part.size;
    }
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  },
});

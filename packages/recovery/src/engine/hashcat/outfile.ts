import type { Hit } from '../recovery-engine.js';

/** Lines of `--outfile-format 1,3`: the lock's line, a colon, the plaintext in hexadecimal. */
export const readOutfile = (text: string, locksByLine: ReadonlyMap<string, string>): readonly Hit[] =>
  text.split('\n').flatMap((line): Hit[] => {
    const colon = line.lastIndexOf(':');
    const lockId = locksByLine.get(line.slice(0, colon));
    if (lockId === undefined) return [];
    return [{ lockId, word: Buffer.from(line.slice(colon + 1), 'hex').toString('utf8'), grade: 'proven' }];
  });

import { AttributionError } from '../attribution-error.js';
import { type LogFormat, parserName } from './line-reader.js';
import { type LogBatch, openLogReader, type ResumePoint } from './log-reader.js';
import type { LogTally } from './log-tally.js';
import type { SourceDeclaration } from './source-declaration.js';

export interface ReadLogOptions {
  readonly format: LogFormat;
  readonly declaration: SourceDeclaration;
  /** Where an earlier reading stopped; `source` then begins at its `offset`. */
  readonly resume?: ResumePoint;
  /** Called after each chunk. */
  readonly onProgress?: (tally: LogTally) => void;
}

/**
 * Reads a log of any length in bounded memory: one batch for each chunk of bytes, and one for the end.
 *
 * Each line is counted once, as recorded, rejected or ignored; a batch's `resume` taken with the bytes from its
 * offset gives the same records (test: "read in two halves, a log gives what it gives in one").
 * @throws AttributionError `bad-declaration` when `resume` is another parser's.
 */
export async function* readLog(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { format, declaration, resume, onProgress }: ReadLogOptions,
): AsyncGenerator<LogBatch, void, void> {
  const parser = parserName(format);
  if (resume !== undefined && resume.parser !== parser) {
    throw new AttributionError('bad-declaration', `${resume.parser} stopped here, ${parser} cannot go on`);
  }
  const reader = openLogReader(format, parser, declaration, resume);
  for await (const chunk of source) {
    reader.push(chunk);
    const batch = reader.take();
    onProgress?.(batch.tally);
    yield batch;
    if (batch.refusal !== undefined) return;
  }
  reader.end();
  const last = reader.take();
  onProgress?.(last.tally);
  yield last;
}

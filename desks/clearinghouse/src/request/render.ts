import { createHash } from 'node:crypto';
import type { Tongue } from '@tutela/language';
import type { Block } from '../export/pdf/blocks.js';
import { renderPdf } from '../export/pdf/render.js';
import { openTypeface, type Typeface } from '../export/pdf/typeface.js';

let typeface: Promise<Typeface> | undefined;

/** Blocks as a letter on paper; the same letter is the same file. */
export const letterPdf = async (
  { language, say }: Tongue,
  blocks: readonly Block[],
  { foot, at }: { readonly foot: string; readonly at: string },
): Promise<Buffer> => {
  typeface ??= openTypeface();
  const [first] = blocks;
  const pageOf = (page: number, count: number): string => say('clearinghouse.request.page', { page, count });
  return await renderPdf(
    blocks,
    {
      title: first?.kind === 'title' ? first.text : foot,
      foot,
      date: new Date(at),
      language: { tag: language, pageOf },
    },
    await typeface,
  );
};

/** The same as plain text, for a mail client or a form that wants text. */
export const letterText = (blocks: readonly Block[]): string => `${blocks.map(textOf).join('\n\n')}\n`;

const textOf = (block: Block): string => {
  switch (block.kind) {
    case 'title':
      return `${block.text}\n${'='.repeat(block.text.length)}`;
    case 'section':
      return `${block.text}\n${'-'.repeat(block.text.length)}`;
    case 'heading':
    case 'note':
      return block.text;
    case 'facts':
      return block.facts.map(([label, text]) => `${label}: ${text}`).join('\n');
  }
};

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

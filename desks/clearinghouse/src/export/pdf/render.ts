import { buffer } from 'node:stream/consumers';
import PdfDocument from 'pdfkit';
import type { Block, Fact } from './blocks.js';
import type { Typeface } from './typeface.js';

/** Points: 1/72 inch. */
const margin = 54;
const labelWidth = 130;
const gap = 10;
/** So that 64 hexadecimal digits stand on one line. */
const bodySize = 8.5;

export interface Page {
  readonly title: string;
  /** Stands at the foot of every page beside its number. */
  readonly foot: string;
  /** What the file says of its making: the same report is the same file. */
  readonly date: Date;
  /** Of its texts. Default: English. */
  readonly language?: {
    readonly tag: string;
    readonly pageOf: (page: number, count: number) => string;
  };
}

const english = { tag: 'en', pageOf: (page: number, count: number) => `page ${page} of ${count}` };

/** Blocks on A4 pages. */
export const renderPdf = async (blocks: readonly Block[], page: Page, typeface: Typeface): Promise<Buffer> => {
  const { title, foot, date, language = english } = page;
  const document = new PdfDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + 18 },
    bufferPages: true,
    lang: language.tag,
    displayTitle: true,
    info: { Title: title, Creator: 'Tutela', Producer: 'Tutela', CreationDate: date, ModDate: date },
  });
  const written = buffer(document);
  document.registerFont('regular', typeface.regular);
  document.registerFont('bold', typeface.bold);
  for (const block of blocks) draw(document, block, typeface.printable);
  numberPages(document, foot, language.pageOf);
  document.end();
  return written;
};

type Doc = InstanceType<typeof PdfDocument>;
type Printable = Typeface['printable'];

const widthOf = ({ page }: Doc): number => page.width - 2 * margin;
const roomLeft = (document: Doc): number => document.page.height - document.page.margins.bottom - document.y;

/** Begins a new page rather than leave a heading alone at the foot of this one. */
const keepTogether = (document: Doc, height: number): void => {
  if (roomLeft(document) < height) document.addPage();
};

const draw = (document: Doc, block: Block, printable: Printable): void => {
  document.fillColor('black');
  switch (block.kind) {
    case 'title':
      document.font('bold').fontSize(18).text(printable(block.text), margin).moveDown(0.5);
      return;
    case 'section':
      keepTogether(document, 120);
      document.moveDown(1).font('bold').fontSize(13).text(printable(block.text), margin);
      document.moveTo(margin, document.y + 2).lineTo(margin + widthOf(document), document.y + 2);
      document.lineWidth(0.8).stroke().moveDown(0.6);
      return;
    case 'heading':
      keepTogether(document, 80);
      document.moveDown(0.6).font('bold').fontSize(10.5).text(printable(block.text), margin).moveDown(0.3);
      return;
    case 'facts':
      for (const fact of block.facts) drawFact(document, fact, printable);
      return;
    case 'note':
      document.moveDown(0.4).font('regular').fontSize(8).fillColor('#444444');
      document.text(printable(block.text), margin, document.y, { width: widthOf(document) }).moveDown(0.3);
  }
};

const drawFact = (document: Doc, [label, text]: Fact, printable: Printable): void => {
  const [left, right] = [printable(label), printable(text)];
  const width = widthOf(document) - labelWidth - gap;
  document.font('regular').fontSize(bodySize);
  const height = Math.max(
    document.heightOfString(left, { width: labelWidth }),
    document.heightOfString(right, { width }),
  );
  // A text longer than a page flows on over the next ones; any other stays in one piece.
  if (height < document.page.height / 2) keepTogether(document, height);
  else keepTogether(document, 3 * bodySize);
  const top = document.y;
  document.fillColor('#444444').text(left, margin, top, { width: labelWidth });
  const afterLabel = document.y;
  document.fillColor('black').text(right, margin + labelWidth + gap, top, { width });
  document.y = Math.max(document.y, height < document.page.height / 2 ? afterLabel : 0) + 3;
  document.x = margin;
};

const numberPages = (document: Doc, foot: string, pageOf: (page: number, count: number) => string): void => {
  const { start, count } = document.bufferedPageRange();
  for (let at = start; at < start + count; at++) {
    document.switchToPage(at);
    const { height, margins } = document.page;
    // Within the margin, where text would otherwise begin a new page.
    margins.bottom = 0;
    const options = { width: widthOf(document), lineBreak: false } as const;
    document.font('regular').fontSize(8).fillColor('#444444');
    document.text(foot, margin, height - 42, options);
    document.text(pageOf(at - start + 1, count), margin, height - 42, { ...options, align: 'right' });
  }
};

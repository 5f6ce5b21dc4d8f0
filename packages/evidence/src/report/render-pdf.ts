import { buffer } from 'node:stream/consumers';
import PdfDocument from 'pdfkit';
import type { Block, Fact } from './blocks.js';
import type { Typeface } from './typeface.js';

/** Points: 1/72 inch. */
const margin = 56;
const labelWidth = 132;
const gap = 12;
const ink = '#111111';
const grey = '#555555';
const rule = '#b8b8b8';
const caution = '#8a3b00';

export interface Document {
  readonly language: string;
  readonly title: string;
  /** Stands at the foot of every page beside its number. */
  readonly foot: string;
  readonly pageOf: (page: number, pages: number) => string;
  /** What the file says of its making: the same report is the same file. */
  readonly date: Date;
  readonly blocks: readonly Block[];
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array; readonly description: string };
}

type Pdf = InstanceType<typeof PdfDocument>;
type Printable = Typeface['printable'];

/**
 * PDF/A-3b (ISO 19005-3, level B): fonts embedded, output intent sRGB, XMP, one attached file.
 *
 * `ModDate` is left out: PDF/A asks that XMP repeats it, which pdfkit does not.
 */
export const renderPdf = async (document: Document, typeface: Typeface): Promise<Buffer> => {
  const pdf = new PdfDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + 16 },
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: document.language,
    displayTitle: true,
    info: { Title: xml(document.title), Creator: 'Tutela', Producer: 'Tutela', CreationDate: document.date },
  });
  const written = buffer(pdf);
  for (const name of ['regular', 'bold', 'mono'] as const) pdf.registerFont(name, typeface[name]);
  attach(pdf, document);
  for (const block of document.blocks) draw(pdf, block, typeface.printable);
  numberPages(pdf, document, typeface.printable);
  pdf.end();
  return written;
};

/** pdfkit puts the title into XMP as it is; the information dictionary has to say the same. */
const xml = (title: string): string => title.replace(/[<>&]/g, ' ');

const attach = (pdf: Pdf, { attachment, date }: Document): void => {
  const { name, bytes, description } = attachment;
  const options = { name, description, type: 'application/json', creationDate: date, modifiedDate: date };
  // pdfkit 0.20 knows `relationship` (PDF/A-3 asks for it), its types do not.
  pdf.file(Buffer.from(bytes), { ...options, relationship: 'Source' } as typeof options);
};

const widthOf = ({ page }: Pdf): number => page.width - 2 * margin;
const roomLeft = (pdf: Pdf): number => pdf.page.height - pdf.page.margins.bottom - pdf.y;

/** Begins a new page rather than part what belongs together. */
const keepTogether = (pdf: Pdf, height: number): void => {
  if (roomLeft(pdf) < height) pdf.addPage();
};

const draw = (pdf: Pdf, block: Block, printable: Printable): void => {
  pdf.x = margin;
  pdf.fillColor(ink);
  const width = widthOf(pdf);
  switch (block.kind) {
    case 'front':
      pdf.moveDown(2).font('regular').fontSize(10).fillColor(grey);
      pdf.text(printable(block.kicker).toLocaleUpperCase('es'), { characterSpacing: 1.5 }).moveDown(0.6);
      pdf.font('bold').fontSize(19).fillColor(ink).text(printable(block.title), { width, lineGap: 2 }).moveDown(1.2);
      return;
    case 'section':
      keepTogether(pdf, 130);
      if (pdf.y > margin + 1) pdf.moveDown(1.6);
      pdf.font('bold').fontSize(14).text(printable(block.text), margin, pdf.y, { width });
      pdf.moveTo(margin, pdf.y + 3).lineTo(margin + width, pdf.y + 3);
      pdf.lineWidth(0.8).strokeColor(ink).stroke();
      pdf.y += 11;
      return;
    case 'heading':
      keepTogether(pdf, 90);
      pdf.y += 8;
      pdf.font('bold').fontSize(10.5).text(printable(block.text), margin, pdf.y, { width });
      pdf.y += 4;
      return;
    case 'paragraph':
      pdf.font('regular').fontSize(9).text(printable(block.text), margin, pdf.y, { width, lineGap: 2.2 });
      pdf.y += 7;
      return;
    case 'caution':
      drawCaution(pdf, printable(block.text));
      return;
    case 'facts':
      for (const fact of block.facts) drawFact(pdf, fact, printable);
      pdf.y += 7;
      return;
    case 'table':
      drawTable(pdf, block, printable);
      return;
    case 'picture':
      drawPicture(pdf, block, printable);
      return;
  }
};

const drawCaution = (pdf: Pdf, text: string): void => {
  const inset = 12;
  const options = { width: widthOf(pdf) - inset, lineGap: 2.2 };
  pdf.font('regular').fontSize(9);
  const height = pdf.heightOfString(text, options);
  keepTogether(pdf, height + 16);
  pdf.y += 5;
  const top = pdf.y;
  pdf.text(text, margin + inset, top, options);
  pdf.moveTo(margin + 2, top).lineTo(margin + 2, top + height - 2);
  pdf.lineWidth(2.5).strokeColor(caution).stroke();
  pdf.y = top + height + 7;
};

const drawFact = (pdf: Pdf, fact: Fact, printable: Printable): void => {
  const [label, text] = [printable(fact.label), printable(fact.text)];
  const options = { width: widthOf(pdf) - labelWidth - gap, lineGap: 1.4 };
  const labelOptions = { width: labelWidth, lineGap: 1.4 };
  const value = () => pdf.font(fact.kind === 'digest' ? 'mono' : 'regular').fontSize(fact.kind === 'digest' ? 8 : 9);
  const labelHeight = pdf.font('regular').fontSize(8.5).heightOfString(label, labelOptions);
  const height = Math.max(labelHeight, value().heightOfString(text, options));
  const fitsAPage = height < pdf.page.height / 2;
  // A text longer than half a page flows on over the next ones; any other stays in one piece.
  keepTogether(pdf, fitsAPage ? height : 40);
  const top = pdf.y;
  pdf
    .font('regular')
    .fontSize(8.5)
    .fillColor(grey)
    .text(label, margin, top + 0.4, labelOptions);
  value()
    .fillColor(ink)
    .text(text, margin + labelWidth + gap, top, options);
  pdf.y = (fitsAPage ? top + height : pdf.y) + 3;
};

const drawTable = (pdf: Pdf, table: Extract<Block, { kind: 'table' }>, printable: Printable): void => {
  const width = widthOf(pdf);
  const columns = table.widths.map((share, at) => {
    const before = table.widths.slice(0, at).reduce((sum, each) => sum + each, 0);
    return { x: margin + before * width, width: share * width - 8 };
  });
  const row = (cells: readonly string[], font: 'regular' | 'bold'): void => {
    const texts = cells.map(printable);
    pdf.font(font).fontSize(8.5);
    const heights = texts.map((text, at) => pdf.heightOfString(text, { width: columns[at]?.width ?? width }));
    const height = Math.max(...heights);
    if (roomLeft(pdf) < height + 8) {
      pdf.addPage();
      if (font === 'regular') row(table.head, 'bold');
      pdf.font(font).fontSize(8.5);
    }
    const top = pdf.y;
    pdf.fillColor(font === 'bold' ? grey : ink);
    for (const [at, text] of texts.entries())
      pdf.text(text, columns[at]?.x, top, { width: columns[at]?.width ?? width });
    pdf.y = top + height + 3;
    pdf.moveTo(margin, pdf.y).lineTo(margin + width, pdf.y);
    pdf.lineWidth(0.4).strokeColor(rule).stroke();
    pdf.y += 4;
  };
  row(table.head, 'bold');
  for (const cells of table.rows) row(cells, 'regular');
  pdf.y += 6;
};

const drawPicture = (pdf: Pdf, { bytes, caption }: Extract<Block, { kind: 'picture' }>, printable: Printable): void => {
  const box: [number, number] = [120, 90];
  keepTogether(pdf, box[1] + 20);
  const top = pdf.y + 2;
  pdf.image(Buffer.from(bytes), margin + labelWidth + gap, top, { fit: box });
  const x = margin + labelWidth + gap + box[0] + gap;
  pdf.font('regular').fontSize(8).fillColor(grey);
  pdf.text(printable(caption), x, top, { width: margin + widthOf(pdf) - x, lineGap: 1.4 });
  pdf.y = top + box[1] + 6;
};

const numberPages = (pdf: Pdf, { foot, pageOf }: Document, printable: Printable): void => {
  const { start, count } = pdf.bufferedPageRange();
  for (let at = start; at < start + count; at++) {
    pdf.switchToPage(at);
    const { height, margins } = pdf.page;
    // Within the margin, where text would otherwise begin a new page.
    margins.bottom = 0;
    const options = { width: widthOf(pdf), lineBreak: false } as const;
    pdf.font('regular').fontSize(7.5).fillColor(grey);
    pdf.text(printable(foot), margin, height - 44, options);
    pdf.text(pageOf(at - start + 1, count), margin, height - 44, { ...options, align: 'right' });
  }
};

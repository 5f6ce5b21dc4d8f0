import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { canonicalJson, type JsonValue } from '@tutela/core';
import PdfDocument from 'pdfkit';
import { type Letter, type LetterInput, letterOf } from './letter-text.js';

const require = createRequire(import.meta.url);
/** Points. */
const margin = 50;
const columns = [30, 130, 45, 60, 150, 80] as const;
const lineHeight = 13;

type Pdf = InstanceType<typeof PdfDocument>;

/** The letter as a PDF with the order as data inside it: the same order is the same file. */
export const letterPdf = async (input: LetterInput): Promise<Buffer> => {
  const letter = letterOf(input);
  const fonts = await Promise.all([
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  ]);
  const date = new Date(input.document.issuedAt);
  const info = { Title: letter.subject, Creator: 'Tutela', Producer: 'Tutela', CreationDate: date, ModDate: date };
  const pdf = new PdfDocument({ size: 'A4', margin, bufferPages: true, lang: input.language, info });
  const written = buffer(pdf);
  pdf.registerFont('regular', fonts[0]).registerFont('bold', fonts[1]);
  const data = Buffer.from(canonicalJson(input.document as JsonValue));
  pdf.file(data, { name: 'order.json', type: 'application/json', creationDate: date, modifiedDate: date });
  drawText(pdf, letter);
  drawTable(pdf, letter);
  pdf
    .font('regular')
    .fontSize(9)
    .text(letter.closing, margin, pdf.y + lineHeight);
  numberPages(pdf, letter);
  pdf.end();
  return written;
};

const drawText = (pdf: Pdf, { subject, paragraphs }: Letter): void => {
  pdf.font('bold').fontSize(14).text(subject).moveDown();
  pdf.font('regular').fontSize(9);
  for (const paragraph of paragraphs) pdf.text(paragraph).moveDown(0.6);
};

const drawTable = (pdf: Pdf, { heading, rows }: Letter): void => {
  drawRow(pdf, heading, 'bold');
  for (const row of rows) {
    if (pdf.y + lineHeight > pdf.page.height - margin - lineHeight) {
      pdf.addPage();
      drawRow(pdf, heading, 'bold');
    }
    drawRow(pdf, row, 'regular');
  }
};

const drawRow = (pdf: Pdf, cells: readonly string[], font: 'regular' | 'bold'): void => {
  const { y } = pdf;
  pdf.font(font).fontSize(7);
  let x = margin;
  for (const [place, cell] of cells.entries()) {
    const width = columns[place] ?? 0;
    // What does not fit one line is set smaller: a cut address is another one.
    const natural = pdf.widthOfString(cell);
    pdf.fontSize(Math.min(7, (7 * (width - 4)) / natural)).text(cell, x, y, { lineBreak: false });
    pdf.fontSize(7);
    x += width;
  }
  pdf.x = margin;
  pdf.y = y + lineHeight;
};

const numberPages = (pdf: Pdf, { words, subject }: Letter): void => {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    // Below the margin text would begin a page of its own.
    pdf.page.margins.bottom = 0;
    pdf.font('regular').fontSize(7);
    pdf.text(`${subject} · ${words.page(page - start + 1, count)}`, margin, pdf.page.height - margin + 10, {
      lineBreak: false,
    });
  }
};

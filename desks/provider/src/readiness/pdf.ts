import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import PdfDocument from 'pdfkit';
import type { DayReadiness, ExporterDay } from './day-readiness.js';
import { coveragePlot, customersPlot, hoursPlot, type Plot, sharesPlot } from './plots.js';
import { bytesText, gapsListed, technologiesOf } from './technologies.js';

/** Points: 1/72 inch. */
const margin = 54;
const plotHeight = 120;
/** So few that each has room for its number. */
const fewBars = 12;
const require = createRequire(import.meta.url);

type Doc = InstanceType<typeof PdfDocument>;

/** The report on A4 pages; the same day is the same file. */
export const readinessPdf = async ({ day, exporters }: DayReadiness): Promise<Buffer> => {
  const date = new Date(`${day}T00:00:00Z`);
  const title = `Readiness ${day}`;
  const document = new PdfDocument({
    size: 'A4',
    margin,
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Creator: 'Tutela', Producer: 'Tutela', CreationDate: date, ModDate: date },
  });
  const written = buffer(document);
  document.registerFont('regular', await readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')));
  document.registerFont('bold', await readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')));
  document.font('bold').fontSize(17).text(`Could a question about ${day} be answered?`).moveDown(0.5);
  document.font('regular').fontSize(9);
  document.text(
    "Of the moments at which somebody held an address and port that day: how often an outside observer's question leads " +
      'to exactly one customer. No customer is in this report. A customer is not the person who used the line.',
  );
  for (const exporter of exporters) section(document, exporter);
  document.end();
  return written;
};

const section = (document: Doc, { readiness }: ExporterDay): void => {
  keepTogether(document, 3 * plotHeight);
  document.moveDown(1).font('bold').fontSize(13).fillColor('black').text(readiness.exporter, margin).moveDown(0.3);
  document.font('regular').fontSize(9);
  document.text(
    `${readiness.subscribers} customers behind ${readiness.addresses} addresses; ${readiness.holdings} records, ` +
      `${bytesText(readiness.bytesPerSubscriber)} a customer and day.`,
  );
  const plots = [sharesPlot(readiness), hoursPlot(readiness, 5000), customersPlot(readiness), coveragePlot(readiness)];
  for (const plot of plots) draw(document, plot);
  const gaps = gapsListed(readiness);
  keepTogether(document, 60);
  document.moveDown(0.8).font('bold').fontSize(10.5).fillColor('black').text('Gaps', margin);
  document
    .font('regular')
    .fontSize(9)
    .text(gaps.length === 0 ? 'None.' : gaps.join('\n'));
  keepTogether(document, 180);
  document.moveDown(0.8).font('bold').fontSize(10.5).text('What would change').moveDown(0.3);
  for (const { name, bytes, asks, connections, change, withPort, withoutPort } of technologiesOf(readiness)) {
    keepTogether(document, 40);
    document.font('bold').fontSize(9).text(`${name}: ${bytes} a customer and day`, margin);
    document
      .font('regular')
      .text(
        `${change} A question needs ${asks}. One customer with port: ${withPort}; without: ${withoutPort}. Connections logged: ${connections}.`,
      )
      .moveDown(0.3);
  }
};

const keepTogether = (document: Doc, height: number): void => {
  if (document.page.height - margin - document.y < height) document.addPage();
};

const draw = (document: Doc, { title, words, most, axis, bars }: Plot): void => {
  keepTogether(document, plotHeight + 50);
  document.moveDown(0.8).font('bold').fontSize(9).fillColor('black').text(title, margin);
  document.font('regular').fontSize(8).fillColor('#444444').text(words);
  const [left, top] = [margin + 40, document.y + 8];
  const [width, room] = [document.page.width - 2 * margin - 40, plotHeight - 20];
  const y = (value: number): number => top + room * (1 - (most === 0 ? 0 : value / most));
  for (const { at, label } of axis) {
    document
      .moveTo(left, y(at))
      .lineTo(left + width, y(at))
      .lineWidth(0.4)
      .strokeColor('#bbbbbb')
      .stroke();
    document
      .fillColor('#444444')
      .fontSize(7)
      .text(label, margin, y(at) - 4, { width: 34, align: 'right', lineBreak: false });
  }
  const slot = width / Math.max(1, bars.length);
  for (const [place, { label, value, shade, told }] of bars.entries()) {
    const x = left + place * slot;
    document
      .rect(x + slot * 0.1, y(value), slot * 0.8, top + room - y(value))
      .fill(shade === 'dark' ? '#1f4e79' : '#9dc3e6');
    const wide = { width: 2 * slot, align: 'center', lineBreak: false } as const;
    if (bars.length <= fewBars)
      document
        .fillColor('#444444')
        .fontSize(7)
        .text(told, x - slot / 2, y(value) - 9, wide);
    if (label !== '')
      document
        .fillColor('#444444')
        .fontSize(7)
        .text(label, x - slot / 2, top + room + 3, wide);
  }
  document.x = margin;
  document.y = top + plotHeight;
};

import type { Disclosure } from './disclose.js';
import { renderPdf } from './pdf/render.js';
import { sectionsOf } from './pdf/sections.js';
import { openTypeface, type Typeface } from './pdf/typeface.js';

let typeface: Promise<Typeface> | undefined;

/** The report on paper; its dates are the report's, so that the same report is the same file. */
export const reportPdf = async (disclosure: Disclosure): Promise<Buffer> => {
  typeface ??= openTypeface();
  const title = `Report ${disclosure.reportNumber}`;
  const foot = `${title}, received ${disclosure.finishedAt}`;
  return await renderPdf(
    sectionsOf(disclosure),
    { title, foot, date: new Date(disclosure.finishedAt) },
    await typeface,
  );
};

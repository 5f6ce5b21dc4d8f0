import type { JsonObject } from '@tutela/core';
import { type Contents, formatCanonicalFile } from '../format/index.js';
import { type Language, sayIn } from './messages/messages.js';
import { renderPdf } from './render-pdf.js';
import type { ReportInput, Telling } from './report-input.js';
import { authorities } from './sections/authorities.js';
import { custody, exhibits } from './sections/exhibits.js';
import { front, inside } from './sections/front.js';
import { chronology, exclusions, items, reports } from './sections/items.js';
import { orders } from './sections/orders.js';
import { attachmentName, verification } from './sections/verification.js';
import { openTypeface, type Typeface } from './typeface.js';

let typeface: Promise<Typeface> | undefined;

const sections = [
  front,
  inside,
  exhibits,
  custody,
  reports,
  items,
  chronology,
  authorities,
  orders,
  exclusions,
  verification,
] as const;

/**
 * The package in words, as PDF/A-3b with the list of the other files attached. The same input gives the same bytes.
 * @param contents contents.json without the files of `report/`
 */
export const writeReport = async (language: Language, input: ReportInput, contents: Contents): Promise<Buffer> => {
  typeface ??= openTypeface();
  const telling: Telling = { ...input, say: sayIn(language) };
  const { say } = telling;
  const name = `${say('front.kicker')} ${input.request.content.package}`;
  return renderPdf(
    {
      language,
      title: name,
      foot: name,
      pageOf: (page, pages) => say('page.of', { page, pages }),
      date: new Date(input.createdAt),
      blocks: sections.flatMap((each) => each(telling)),
      attachment: {
        name: attachmentName,
        bytes: formatCanonicalFile(contents as unknown as JsonObject),
        description: say('inside.title'),
      },
    },
    await typeface,
  );
};

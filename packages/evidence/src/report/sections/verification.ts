import { type Block, facts, paragraph, section } from '../blocks.js';
import type { Telling } from '../report-input.js';

export const attachmentName = 'contents-without-reports.json';

export const verification = ({ say, files }: Telling): readonly Block[] => {
  const programs = files.filter(({ path }) => path === 'verify.mjs' || path === 'verify.html');
  return [
    section(say('verify.title')),
    paragraph(say('verify.intro')),
    ...(['files', 'contents', 'history', 'signature'] as const).map((step, at) =>
      paragraph(`${at + 1}. ${say(`verify.step.${step}`)}`),
    ),
    ...(programs.length === 0
      ? []
      : [
          paragraph(`5. ${say('verify.step.program')}`),
          facts(...programs.map(({ path, sha256 }) => [say('verify.digest-of', { file: path }), sha256] as const)),
        ]),
    paragraph(say('verify.attachment', { file: attachmentName })),
  ];
};

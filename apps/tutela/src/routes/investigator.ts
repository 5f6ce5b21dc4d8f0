import { buildCommand } from '@stricli/core';
import { dataFlag, jsonFlag } from '../commands/flags.js';
import type { ReportImportFlags } from '../commands/report-import.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

export const reportImportCommand = buildCommand<ReportImportFlags, [string], TutelaContext>({
  loader: () => import('../commands/report-import.js'),
  parameters: {
    flags: { json: jsonFlag, data: dataFlag },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'file', brief: 'The report as delivered: JSON, or a ZIP with it' }],
    },
  },
  docs: {
    brief: 'Import a report as police receive it',
    fullDescription: withExamples(
      'Reads the JSON of a CyberTip, or a ZIP that holds it and its files, onto the investigator desk. Each file is ' +
        'compared with the hash the report states. Bad entries of a ZIP are named, and the rest goes on. The same ' +
        'document again changes nothing. Nothing is shown: files stay closed.',
      ['tutela report import CT-123456789.json', 'tutela report import CT-123456789.zip --json'],
    ),
  },
});

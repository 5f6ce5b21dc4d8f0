import { buildCommand, buildRouteMap } from '@stricli/core';
import { type CustodyAction, custodyActions } from '@tutela/investigator-desk';
import type { Role } from '@tutela/policy';
import type { AuthorityRevokeFlags } from '../commands/authority.js';
import type { CaseCloseFlags, CaseListFlags, CaseOpenFlags } from '../commands/case.js';
import type { RoleFlags, RoleListFlags } from '../commands/case-roles.js';
import type { ExhibitRecordFlags } from '../commands/exhibit.js';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, limitFlag, type OutputFlags } from '../commands/flags.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

type JsonFlags = DataFlags & { readonly json: boolean };

const parseText = (text: string): string => {
  if (text.trim() !== '') return text;
  throw new SyntaxError('must not be empty');
};
const text = (placeholder: string, brief: string) =>
  ({ kind: 'parsed', parse: parseText, placeholder, brief }) as const;
const optionalText = (placeholder: string, brief: string) => ({ ...text(placeholder, brief), optional: true }) as const;
const one = (placeholder: string, brief: string) => ({ parse: String, placeholder, brief }) as const;
const caseRef = one('case', 'Reference of a case, such as OPP-26-1042');
const json = { json: jsonFlag, data: dataFlag } as const;
const rows = { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } as const;

const openCommand = buildCommand<CaseOpenFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/case.js')).caseOpen,
  parameters: {
    flags: { title: text('text', 'What it is about'), ...json },
    positional: { kind: 'tuple', parameters: [caseRef] },
  },
  docs: {
    brief: 'Open a case',
    fullDescription: withExamples(
      'The reference names the case everywhere: in authorities, in the ledger, in its compartment of the vault. It is no secret.',
      ['tutela case open OPP-26-1042 --title "Storage provider"'],
    ),
  },
});
const listCommand = buildCommand<CaseListFlags, [], TutelaContext>({
  loader: async () => (await import('../commands/case.js')).caseList,
  parameters: { flags: { limit: limitFlag, ...rows } },
  docs: {
    brief: 'List cases',
    fullDescription: withExamples('List cases.', ['tutela case list --json']),
  },
});
const showCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/case.js')).caseShow,
  parameters: { flags: json, positional: { kind: 'tuple', parameters: [caseRef] } },
  docs: {
    brief: 'Show a case with its reports and exhibits',
    fullDescription: withExamples('Show a case with its reports and exhibits.', ['tutela case show case-7']),
  },
});
const closeCommand = buildCommand<CaseCloseFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/case.js')).caseClose,
  parameters: {
    flags: { reason: text('text', 'Why; goes on record'), ...json },
    positional: { kind: 'tuple', parameters: [caseRef] },
  },
  docs: {
    brief: 'Close a case: nothing is added to it any more',
    fullDescription: withExamples('Close a case: nothing is added to it any more.', [
      'tutela case close case-7 --reason "judgment is final"',
    ]),
  },
});
const linkCommand = buildCommand<JsonFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/case.js')).caseLink,
  parameters: {
    flags: json,
    positional: { kind: 'tuple', parameters: [caseRef, one('report', 'Number of an imported report')] },
  },
  docs: {
    brief: 'Link an imported report to a case',
    fullDescription: withExamples('Link an imported report to a case.', ['tutela case link case-7 4711']),
  },
});

const roles = ['lead', 'examiner', 'filter', 'oversight'] as const satisfies readonly Role[];
const parseRole = (given: string): Role => {
  const found = roles.find((role) => role === given);
  if (found !== undefined) return found;
  throw new SyntaxError(`is one of ${roles.join(', ')}`);
};
const caseAndRole = {
  kind: 'tuple',
  parameters: [caseRef, { parse: parseRole, placeholder: 'role', brief: roles.join(', ') }],
} as const;
const roleFlags = {
  person: optionalText('pseudonym', 'Whose role; your own where nobody is named'),
  reason: text('text', 'Why; goes on record'),
  ...json,
} as const;

const rolesCommand = buildCommand<RoleListFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/case-roles.js')).roleList,
  parameters: { flags: rows, positional: { kind: 'tuple', parameters: [caseRef] } },
  docs: {
    brief: 'List who works on a case',
    fullDescription: withExamples('Who has which role in a case, or had it.', ['tutela case roles OPP-26-1042']),
  },
});
const askRoleCommand = buildCommand<RoleFlags, [string, Role], TutelaContext>({
  loader: async () => (await import('../commands/case-roles.js')).roleAsk,
  parameters: { flags: roleFlags, positional: caseAndRole },
  docs: {
    brief: 'Ask for a role in a case',
    fullDescription: withExamples(
      'It prints a digest. The role counts once somebody else, whom it is not about, has approved that (tutela approval).',
      ['tutela case ask-role OPP-26-1042 examiner --reason "takes over from staff-2"'],
    ),
  },
});
const endRoleCommand = buildCommand<RoleFlags, [string, Role], TutelaContext>({
  loader: async () => (await import('../commands/case-roles.js')).roleEnd,
  parameters: { flags: roleFlags, positional: caseAndRole },
  docs: {
    brief: 'Give a role up, or take it away as a lead of the case',
    fullDescription: withExamples('At once; what was done in the role stays on record.', [
      'tutela case end-role OPP-26-1042 examiner --person staff-2 --reason "left the unit"',
    ]),
  },
});

const exhibitAddCommand = buildCommand<JsonFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/exhibit.js')).exhibitAdd,
  parameters: {
    flags: json,
    positional: { kind: 'tuple', parameters: [caseRef, one('file', 'JSON file with what the label and the log say')] },
  },
  docs: {
    brief: 'Record an exhibit',
    fullDescription: withExamples(
      'Members: number, description, parent, seizedAt, seizedPlace, seizedBy, seizedFrom, make, serial, capacityBytes, ' +
        'sealIds, storagePlace, imageFormat, sha256, sha1, md5, acquisition (tool, toolVersion, settings, writeBlocker, ' +
        'readErrors, segments), timeZone, clockOffsetSeconds. The first two are needed.',
      ['tutela exhibit add OPP-26-1042 exhibit-3.json'],
    ),
  },
});
const exhibitListCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/exhibit.js')).exhibitList,
  parameters: { flags: json, positional: { kind: 'tuple', parameters: [caseRef] } },
  docs: {
    brief: 'List the exhibits of a case and who had them',
    fullDescription: withExamples('List the exhibits of a case and who had them.', ['tutela exhibit list case-7']),
  },
});
const parseAction = (given: string): CustodyAction => {
  const action = custodyActions.find((known) => known === given);
  if (action !== undefined) return action;
  throw new SyntaxError(`not one of ${custodyActions.join(', ')}`);
};
const exhibitRecordCommand = buildCommand<ExhibitRecordFlags, [string, string, CustodyAction], TutelaContext>({
  loader: async () => (await import('../commands/exhibit.js')).exhibitRecord,
  parameters: {
    flags: {
      holder: text('person', 'Who has it afterwards'),
      from: optionalText('person', 'Who handed it over'),
      second: optionalText('person', 'Who was present'),
      place: optionalText('text', 'Where it is afterwards'),
      seal: { ...text('id', 'Number of a seal; may be given several times'), variadic: true, optional: true },
      authority: optionalText('id', 'Under which authority'),
      at: optionalText('moment', 'When it happened, with a zone (default: now)'),
      reason: text('text', 'Why; goes on record'),
      ...json,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        caseRef,
        one('exhibit', 'Number of an exhibit'),
        { parse: parseAction, placeholder: 'action', brief: custodyActions.join(', ') },
      ],
    },
  },
  docs: {
    brief: 'Record what happened to an exhibit; never changed afterwards',
    fullDescription: withExamples('Each becomes an event of the case in the ledger.', [
      'tutela exhibit record OPP-26-1042 3 transferred --from staff-1 --holder staff-7 --place "Lab 2" --reason examination',
      'tutela exhibit record OPP-26-1042 3 sealed --holder staff-7 --seal A-1042 --reason "after imaging"',
    ]),
  },
});

const enterCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/authority.js')).authorityEnter,
  parameters: {
    flags: json,
    positional: { kind: 'tuple', parameters: [one('file', 'JSON file of the authority; docs/authority.md')] },
  },
  docs: {
    brief: 'Enter a warrant, order or consent; a second person verifies it',
    fullDescription: withExamples(
      'Prints the digest of the request for its verification. Who enters it (TUTELA_ACTOR) and when is added here.',
      ['tutela authority enter warrant-26-1042.json'],
    ),
  },
});
const authorityListCommand = buildCommand<DataFlags & OutputFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/authority.js')).authorityList,
  parameters: { flags: rows, positional: { kind: 'tuple', parameters: [caseRef] } },
  docs: {
    brief: 'List the authorities of a case and how they stand',
    fullDescription: withExamples('List the authorities of a case and how they stand.', [
      'tutela authority list case-7',
    ]),
  },
});
const authorityShowCommand = buildCommand<DataFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/authority.js')).authorityShow,
  parameters: {
    flags: { data: dataFlag },
    positional: { kind: 'tuple', parameters: [caseRef, one('authority', 'Its id')] },
  },
  docs: {
    brief: 'Show every version of an authority, as JSON',
    fullDescription: withExamples('Show every version of an authority, as JSON.', [
      'tutela authority show case-7 3f0e5a1b-0000-4000-8000-000000000000',
    ]),
  },
});
const revokeCommand = buildCommand<AuthorityRevokeFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/authority.js')).authorityRevoke,
  parameters: {
    flags: { reason: text('text', 'Why; goes on record'), ...json },
    positional: { kind: 'tuple', parameters: [one('authority', 'Its id')] },
  },
  docs: {
    brief: 'End an authority at once',
    fullDescription: withExamples('End an authority at once.', [
      'tutela authority revoke 3f0e5a1b-0000-4000-8000-000000000000 --reason "quashed"',
    ]),
  },
});

export const caseCommands = {
  case: buildRouteMap({
    routes: {
      open: openCommand,
      list: listCommand,
      show: showCommand,
      close: closeCommand,
      link: linkCommand,
      roles: rolesCommand,
      askRole: askRoleCommand,
      endRole: endRoleCommand,
    },
    docs: { brief: 'Cases and the reports that belong to them' },
  }),
  exhibit: buildRouteMap({
    routes: { add: exhibitAddCommand, list: exhibitListCommand, record: exhibitRecordCommand },
    docs: { brief: 'What was seized, and who had it when' },
  }),
  authority: buildRouteMap({
    routes: { enter: enterCommand, list: authorityListCommand, show: authorityShowCommand, revoke: revokeCommand },
    docs: { brief: 'Warrants, orders and consents' },
  }),
};

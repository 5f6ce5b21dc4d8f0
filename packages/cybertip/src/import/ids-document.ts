import { done, limited, type Outcome, refused } from '@tutela/core';
import type { DeliveredIncident, DeliveredReport } from './delivered.js';
import { type Members, membersOf, storable } from './members.js';
import { maxItems, TooManyItems, takeNotes } from './notes.js';
import { readFile } from './read-file.js';
import { captures, contacts, readPerson } from './read-person.js';

/** Bytes of the largest document that is read. */
export const largestIdsDocument = 32 * 1024 * 1024;

export type UnreadableDocument = 'not-utf8' | 'not-json' | 'not-a-report' | 'too-large' | 'too-many-items';

/**
 * Reads the JSON in which police receive a report (protocols.md §2.2): UTF-8 with or without a byte order mark, members
 * missing or `null`, lists plain or wrapped. Reads back what `toIdsJson` writes
 * (test: "what is exported is read again, with nothing lost and nothing left over").
 */
export const readIdsDocument = (bytes: Uint8Array): Outcome<DeliveredReport, UnreadableDocument> => {
  if (bytes.length > largestIdsDocument) {
    return limited('too-large', `a document has at most ${largestIdsDocument} bytes, this one ${bytes.length}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(strictUtf8.decode(bytes));
  } catch (error) {
    return error instanceof SyntaxError
      ? refused('not-json', 'the document is not JSON')
      : refused('not-utf8', 'the document is not UTF-8');
  }
  try {
    return readReport(value);
  } catch (error) {
    if (error instanceof TooManyItems) return limited('too-many-items', `a document has at most ${maxItems} items`);
    throw error;
  }
};

/** Takes a byte order mark away (WHATWG Encoding §4.1). */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

const readReport = (value: unknown): Outcome<DeliveredReport, 'not-a-report'> => {
  const notes = takeNotes();
  const document = membersOf(value, '$', notes);
  const reportId = document.text('reportId')?.trim();
  if (reportId === undefined || !/^[\x21-\x7e]{1,40}$/.test(reportId)) {
    return refused('not-a-report', 'the document has no reportId of 1 to 40 characters');
  }
  if (!document.names().includes('reportedInformation')) {
    return refused('not-a-report', 'the document has no reportedInformation');
  }
  const received = document.moment('dateReceived');
  const information = document.record('reportedInformation');
  const esp = information.record('reportingEsp');
  const summary = information.record('incidentSummary');
  const reported = information.list('reportedPeople', readPerson('reported'), ['reportedPersons', 'reportedPeople']);
  const recipients = information.list('intendedRecipients', readPerson('intended-recipient'));
  return done({
    reportId,
    received,
    esp: {
      name: esp.text('espName'),
      firstName: esp.text('firstName'),
      lastName: esp.text('lastName'),
      emails: contacts(esp, 'emails'),
      others: esp.rest(),
    },
    incidentType: summary.text('incidentType'),
    incident: summary.moment('incidentDateTime'),
    incidentDescription: summary.text('incidentDateTimeDescription'),
    incidentOthers: summary.rest(),
    incidents: readIncidents(information.record('incidentDetails')),
    persons: [...reported, ...recipients],
    files: information.list('uploadedFiles', readFile),
    texts: information.texts('additionalInformations'),
    others: { ...information.rest(), ...document.rest() },
    notes: notes.all(),
  });
};

const readIncidents = (details: Members): readonly DeliveredIncident[] =>
  details.names().flatMap((kind) =>
    details.list(kind, (incident) => ({
      kind: storable(kind),
      captures: captures(incident),
      contents: incident.texts('contents'),
      texts: incident.texts('additionalInformations'),
      others: incident.rest(),
    })),
  );

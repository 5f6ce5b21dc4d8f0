import { parseInstant } from '@tutela/core';
import type { FileDetails } from '../schema/documents.js';
import type { Advice } from './advice.js';
import { adviseOnAddress } from './person-advice.js';

/** What an investigator will miss about a file; `undefined`: nothing was said about it at all. */
export const adviseOnFile = (details: FileDetails | undefined, path: string): readonly Advice[] => [
  ...(details?.fileViewedByEsp === undefined
    ? [
        advice(
          `${path}/fileViewedByEsp`,
          'file.viewed',
          'warrant',
          'whether somebody at the service opened the file',
          'Where nobody had opened it, police need a warrant to; unstated counts as not viewed and costs weeks.',
          'United States v. Wilson, 13 F.4th 961 (9th Cir. 2021); protocols.md §2.4 row 5',
          'State it per file from the record of views, never as a constant.',
        ),
      ]
    : []),
  ...(details?.uploadedToEspTimestamp === undefined || parseInstant(details.uploadedToEspTimestamp) === undefined
    ? [
        advice(
          `${path}/uploadedToEspTimestamp`,
          'file.upload-time',
          'attribution',
          'when the file was uploaded',
          'The incident time is often the moment of detection; the wrong time leads to the wrong subscriber.',
          'protocols.md §2.1, §2.4 row 11',
          'Give the upload time apart from the time of detection.',
        ),
      ]
    : []),
  ...(details?.ipCaptureEvent === undefined
    ? [
        advice(
          `${path}/ipCaptureEvent`,
          'file.address',
          'attribution',
          'the address from which the file was uploaded',
          'The upload is the act; a login at another time may be somebody else’s connection.',
          'protocols.md §6.4',
          'Give the upload’s address, port and time.',
        ),
      ]
    : adviseOnAddress(details.ipCaptureEvent, `${path}/ipCaptureEvent`)),
  ...((details?.originalFileHash?.length ?? 0) === 0
    ? [
        advice(
          `${path}/originalFileHash`,
          'file.original-hash',
          'context',
          'the hash of the file as it was uploaded',
          'Recompression on ingest destroys exact matching for everyone downstream.',
          'protocols.md §1.10',
          'Hash the original bytes before any processing and send those bytes.',
        ),
      ]
    : []),
  ...(details?.originalFileName === undefined
    ? [
        advice(
          `${path}/originalFileName`,
          'file.original-name',
          'context',
          'the name the uploader gave the file',
          'Names tie copies on seized devices to the upload.',
          'protocols.md §1.7, fileDetails',
          'Give the name as it was uploaded.',
        ),
      ]
    : []),
];

const advice = (
  path: string,
  id: string,
  weight: Advice['weight'],
  missing: string,
  reason: string,
  source: string,
  remedy: string,
): Advice => ({ id, path, weight, missing, reason, source, remedy });

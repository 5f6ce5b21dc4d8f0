import { fileRelevance, industryClassification, metadataType } from './enumerations.js';
import { batchedReport, incidentSummary, internetDetails, lawEnforcement, reporter } from './incident.js';
import {
  boolean,
  dateTime,
  either,
  fileId,
  flag,
  integer,
  limited,
  many,
  one,
  optional,
  reportNumber,
  sequence,
  simple,
  some,
  text,
  unordered,
  url,
} from './notation.js';
import { intendedRecipient, personOrUserReported, victim } from './people.js';
import { deviceId, ipCaptureEvent } from './shared.js';
import type { ValueOf } from './values.js';

/** Root of `POST /submit`. */
export const report = one(
  'report',
  sequence([
    optional('batchedReport', batchedReport),
    one('incidentSummary', incidentSummary),
    many('internetDetails', internetDetails),
    optional('lawEnforcement', lawEnforcement),
    one('reporter', reporter),
    many('personOrUserReported', personOrUserReported),
    many('intendedRecipient', intendedRecipient),
    many('victim', victim),
    optional('additionalInfo', text()),
  ]),
);

const fileAnnotations = unordered([
  optional('animeDrawingVirtualHentai', flag),
  optional('potentialMeme', flag),
  optional('viral', flag),
  optional('possibleSelfProduction', flag),
  optional('physicalHarm', flag),
  optional('violenceGore', flag),
  optional('bestiality', flag),
  optional('liveStreaming', flag),
  optional('infant', flag),
  optional('generativeAi', flag),
]);

// The schema puts `type` on `details`, the documentation on each pair (§1.9, rows 3 and 4).
const nameValuePair = sequence([one('name', limited(64)), one('value', text())], {
  type: { type: metadataType, only: 'docs' },
});

/** Root of `POST /fileinfo`. */
export const fileDetails = one(
  'fileDetails',
  sequence([
    one('reportId', reportNumber),
    one('fileId', fileId),
    optional('fileName', text()),
    optional('originalFileName', limited(2056)),
    optional('uploadedToEspTimestamp', dateTime()),
    optional('locationOfFile', url),
    optional('fileViewedByEsp', boolean),
    optional('exifViewedByEsp', boolean),
    optional('publiclyAvailable', boolean),
    optional('fileRelevance', fileRelevance),
    either(optional('potentialMeme', boolean), optional('fileAnnotations', fileAnnotations)),
    optional('industryClassification', industryClassification),
    many('originalFileHash', simple(text(), { hashType: { type: limited(64), required: 'always' } })),
    optional('ipCaptureEvent', ipCaptureEvent),
    many('deviceId', deviceId),
    many('details', sequence([some('nameValuePair', nameValuePair)], { type: { type: metadataType } })),
    many('additionalInfo', text()),
  ]),
);

const responseCode = integer(-2_147_483_648, 2_147_483_647);

/** Answer of every endpoint but `/finish`. */
export const reportResponse = one(
  'reportResponse',
  sequence([
    one('responseCode', responseCode),
    one('responseDescription', text()),
    optional('reportId', reportNumber),
    optional('fileId', fileId),
    optional('hash', text()),
  ]),
);

/** Answer of `/finish` when it succeeds; it has no description (protocols.md §1.5). */
export const reportDoneResponse = one(
  'reportDoneResponse',
  sequence([
    one('responseCode', responseCode),
    one('reportId', reportNumber),
    one('files', sequence([many('fileId', fileId)])),
  ]),
);

export type Report = ValueOf<typeof report.type>;
export type FileDetails = ValueOf<typeof fileDetails.type>;
export type ReportResponse = ValueOf<typeof reportResponse.type>;
export type ReportDoneResponse = ValueOf<typeof reportDoneResponse.type>;

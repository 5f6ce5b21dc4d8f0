import { batchReason, country, incidentType } from './enumerations.js';
import {
  boolean,
  choice,
  dateTime,
  decimal,
  flag,
  limited,
  many,
  one,
  optional,
  sequence,
  simple,
  text,
  unordered,
  url,
} from './notation.js';
import { address, contactPerson, email, ipCaptureEvent, person, phone } from './shared.js';

export const batchedReport = sequence([], { reason: { type: batchReason, required: 'always' } });

const reportAnnotations = unordered([
  optional('sextortion', flag),
  optional('csamSolicitation', flag),
  optional('minorToMinorInteraction', flag),
  optional('spam', flag),
  optional('sadisticOnlineExploitation', flag),
  optional('informational', flag, '2026-07'),
  optional('potentialAggravatingFactors', flag, '2026-09'),
  optional('instrumentalUse', flag, '2026-09'),
]);

export const incidentSummary = sequence([
  one('incidentType', incidentType),
  optional('platform', limited(256)),
  optional('escalateToHighPriority', text({ form: 'not-blank', maxLength: 3000 })),
  optional('reportAnnotations', reportAnnotations),
  one('incidentDateTime', dateTime('past-with-zone')),
  optional('incidentDateTimeDescription', limited(3000)),
]);

const additionalInfo = optional('additionalInfo', text());
const content = optional('content', text());

export const internetDetails = choice([
  one('webPageIncident', sequence([many('url', url), additionalInfo], { thirdPartyHostedContent: { type: boolean } })),
  one('emailIncident', sequence([many('emailAddress', email), content, additionalInfo])),
  one(
    'newsgroupIncident',
    sequence([optional('name', limited(255)), many('emailAddress', email), content, additionalInfo]),
  ),
  one(
    'chatImIncident',
    sequence([optional('chatClient', limited(255)), optional('chatRoomName', limited(255)), content, additionalInfo]),
  ),
  one(
    'onlineGamingIncident',
    sequence([optional('gameName', limited(255)), optional('console', limited(255)), content, additionalInfo]),
  ),
  one(
    'cellPhoneIncident',
    sequence([
      optional('phoneNumber', phone),
      optional('latitude', decimal),
      optional('longitude', decimal),
      additionalInfo,
    ]),
  ),
  one(
    'nonInternetIncident',
    sequence([optional('locationName', limited(255)), many('incidentAddress', address), additionalInfo]),
  ),
  one(
    'peer2peerIncident',
    sequence([
      optional('client', limited(255)),
      many('ipCaptureEvent', ipCaptureEvent),
      optional('fileNames', text()),
      additionalInfo,
    ]),
  ),
]);

export const lawEnforcement = sequence([
  one('agencyName', limited(255)),
  optional('caseNumber', limited(100)),
  optional('officerContact', contactPerson),
  optional('reportedToLe', boolean),
  optional('servedLegalProcessDomestic', boolean),
  optional('servedLegalProcessInternational', simple(boolean, { fleaCountry: { type: country } })),
]);

export const reporter = sequence([
  one('reportingPerson', person),
  optional('contactPerson', contactPerson),
  optional('companyTemplate', text()),
  optional('termsOfService', text()),
  optional('legalURL', url),
]);

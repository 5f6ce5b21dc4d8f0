import { accountType } from './enumerations.js';
import { boolean, date, limited, many, one, optional, reportNumber, sequence, simple, text } from './notation.js';
import {
  accountPermanentlyDisabled,
  accountTemporarilyDisabled,
  address,
  age,
  deviceId,
  email,
  estimatedLocation,
  ipCaptureEvent,
  person,
  phone,
} from './shared.js';

const associatedAccount = sequence(
  [
    optional('platform', simple(text(), { thirdPartyUser: { type: boolean } })),
    optional('firstName', text()),
    optional('middleName', text()),
    optional('lastName', limited(256)),
    optional('approximateAge', age),
    optional('dateOfBirth', date),
    many('phone', phone),
    many('email', email),
    optional('allEmailsReported', boolean),
    many('address', address),
    optional('espService', text()),
    optional('espIdentifier', text()),
    many('profileUrl', limited(2083)),
    optional('screenName', text()),
    many('displayName', text()),
    optional('profileBio', text()),
    optional('groupIdentifier', text()),
    optional('compromisedAccount', boolean),
    optional('accountTemporarilyDisabled', accountTemporarilyDisabled),
    optional('accountPermanentlyDisabled', accountPermanentlyDisabled),
    many('ipCaptureEvent', ipCaptureEvent),
    many('deviceId', deviceId),
    many('priorCTReport', reportNumber),
    optional('additionalInfo', text()),
  ],
  // The schema names the attribute `type` and demands it; the documentation names it `accountType` (§1.9, rows 1 and 2).
  { type: { type: accountType, required: 'strict-xsd' }, accountType: { type: accountType, only: 'docs' } },
);

const account = [
  optional('espIdentifier', limited(255)),
  optional('espService', limited(100)),
  optional('compromisedAccount', boolean),
  optional('screenName', limited(256)),
  many('displayName', limited(255)),
  many('profileUrl', limited(2083)),
  optional('profileBio', text()),
  many('ipCaptureEvent', ipCaptureEvent),
  many('deviceId', deviceId),
] as const;

const standing = [
  optional('accountTemporarilyDisabled', accountTemporarilyDisabled),
  optional('accountPermanentlyDisabled', accountPermanentlyDisabled),
  optional('estimatedLocation', estimatedLocation),
  optional('allEmailsReported', boolean),
] as const;

export const personOrUserReported = sequence([
  optional('personOrUserReportedPerson', person),
  optional('vehicleDescription', limited(300)),
  ...account,
  optional('thirdPartyUserReported', boolean),
  many('priorCTReports', reportNumber),
  optional('groupIdentifier', limited(255)),
  ...standing,
  many('associatedAccount', associatedAccount),
  optional('additionalInfo', text()),
]);

export const intendedRecipient = sequence([
  optional('intendedRecipientPerson', person),
  ...account,
  many('priorCTReports', reportNumber),
  optional('groupIdentifier', limited(255)),
  ...standing,
  many('additionalInfo', text()),
]);

export const victim = sequence([
  one('victimPerson', person),
  ...account,
  optional('schoolName', limited(255)),
  many('priorCTReports', reportNumber),
  ...standing,
  many('associatedAccount', associatedAccount),
  optional('additionalInfo', text()),
]);

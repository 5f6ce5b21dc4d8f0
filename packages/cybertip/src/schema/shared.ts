import { addressType, country, emailType, eventName, phoneType, usState } from './enumerations.js';
import { boolean, date, dateTime, integer, limited, many, one, optional, sequence, simple, text } from './notation.js';

export const phone = simple(limited(50), {
  type: { type: phoneType },
  verified: { type: boolean },
  verificationDate: { type: dateTime() },
  countryCallingCode: { type: text({ form: 'calling-code' }) },
  extension: { type: text({ form: 'digits', maxLength: 10 }) },
});

export const email = simple(text({ form: 'email', maxLength: 255 }), {
  type: { type: emailType },
  verified: { type: boolean },
  verificationDate: { type: dateTime() },
});

export const address = sequence(
  [
    optional('address', limited(255)),
    optional('city', limited(100)),
    optional('zipCode', limited(20)),
    optional('state', usState),
    optional('nonUsaState', limited(100)),
    optional('country', country),
  ],
  { type: { type: addressType } },
);

const contact = [
  optional('firstName', limited(100)),
  optional('lastName', limited(100)),
  many('phone', phone),
  many('email', email),
  many('address', address),
] as const;

export const contactPerson = sequence(contact);

export const age = integer(0, 150);

export const person = sequence([
  ...contact,
  optional('age', age),
  optional('ageAssertionDiscrepancy', boolean, '2026-07'),
  optional('dateOfBirth', date),
]);

export const ipCaptureEvent = sequence([
  one('ipAddress', text({ form: 'ip-address' })),
  optional('eventName', eventName),
  optional('dateTime', dateTime('past')),
  optional('possibleProxy', boolean),
  optional('port', integer(1, 65_535)),
]);

export const deviceId = sequence([
  one('idType', limited(255)),
  one('idValue', limited(2083)),
  optional('eventName', eventName),
  optional('dateTime', dateTime()),
]);

export const estimatedLocation = sequence(
  [optional('city', text()), optional('region', text()), optional('countryCode', country)],
  { verified: { type: boolean }, timestamp: { type: dateTime() } },
);

export const accountTemporarilyDisabled = simple(boolean, {
  disabledDate: { type: dateTime() },
  userNotified: { type: boolean },
  userNotifiedDate: { type: dateTime() },
  reenabledDate: { type: dateTime() },
});

export const accountPermanentlyDisabled = simple(boolean, {
  disabledDate: { type: dateTime() },
  userNotified: { type: boolean },
  userNotifiedDate: { type: dateTime() },
});

import type { JsonObject } from '@tutela/core';
import type { Report } from '../schema/documents.js';
import { ipCapture, sourceInformation, urlCapture } from './captures.js';
import { additionalInformations, remainderOf } from './remainder.js';

type Reported = NonNullable<Report['personOrUserReported']>[number];
type Recipient = NonNullable<Report['intendedRecipient']>[number];
type Human = NonNullable<Reported['personOrUserReportedPerson']>;

/** A reported person or recipient as open parsers read it (protocols.md §2.2); every member is there, or `null`. */
export const idsPerson = (account: Reported | Recipient, human: Human = {}): JsonObject => {
  const own = 'intendedRecipientPerson' in account ? 'intendedRecipientPerson' : 'personOrUserReportedPerson';
  const info = account.additionalInfo;
  return {
    firstName: human.firstName ?? null,
    middleName: null,
    lastName: human.lastName ?? null,
    preferredName: account.displayName?.[0] ?? null,
    gender: null,
    dateOfBirth: human.dateOfBirth ?? null,
    approximateAge: human.age ?? null,
    vehicleDescription: 'vehicleDescription' in account ? (account.vehicleDescription ?? null) : null,
    espService: account.espService ?? null,
    espUserId: account.espIdentifier ?? null,
    ipAddress: account.ipCaptureEvent?.[0]?.ipAddress ?? null,
    screenName: account.screenName === undefined ? null : { value: account.screenName },
    emails: wrapped('emails', human.email?.map(verifiable)),
    phones: wrapped('phones', human.phone?.map(verifiable)),
    addresses: wrapped('addresses', human.address?.map(postal)),
    sourceInformation: sourceInformation([
      ...(account.ipCaptureEvent ?? []).map(ipCapture),
      ...(account.profileUrl ?? []).map((address) => urlCapture('Profile URL', address)),
    ]),
    additionalInformations: additionalInformations([
      ...(typeof info === 'string' ? [info] : (info ?? [])),
      ...remainderOf(account, [own, ...accountMembers]),
      ...remainderOf(human, humanMembers),
      ...(account.displayName ?? []).slice(1).map((name) => `displayName: ${name}`),
    ]),
  };
};

const accountMembers = [
  'vehicleDescription',
  'espService',
  'espIdentifier',
  'screenName',
  'displayName',
  'ipCaptureEvent',
  'profileUrl',
  'additionalInfo',
];
const humanMembers = ['firstName', 'lastName', 'dateOfBirth', 'age', 'email', 'phone', 'address'];

const wrapped = (name: string, items: readonly JsonObject[] | undefined): JsonObject | null =>
  items === undefined || items.length === 0 ? null : { [name]: items };

export const verifiable = (contact: NonNullable<Human['email' | 'phone']>[number]): JsonObject => ({
  ...contact,
  verified: contact.verified ?? null,
});

const postal = (address: NonNullable<Human['address']>[number]): JsonObject => ({
  street1: address.address ?? null,
  street2: null,
  city: address.city ?? null,
  state: address.state ?? address.nonUsaState ?? null,
  nonUsaState: address.nonUsaState ?? null,
  postalCode: address.zipCode ?? null,
  country: address.country ?? null,
  type: address.type ?? null,
});

import type { DeliveredCapture, DeliveredContact, DeliveredPerson } from './delivered.js';
import type { Members } from './members.js';

/** Of an object that has `sourceInformation.sourceCaptures`. */
export const captures = (owner: Members): readonly DeliveredCapture[] => {
  const source = owner.record('sourceInformation');
  const found = source.list('sourceCaptures', (capture) => ({
    type: capture.text('captureType'),
    value: capture.text('value'),
    at: capture.moment('dateTime'),
    event: capture.text('eventName'),
    port: capture.integer('port', 65_535),
    others: capture.rest(),
  }));
  source.rest();
  return found;
};

export const contacts = (owner: Members, name: 'emails' | 'phones'): readonly DeliveredContact[] =>
  owner.list(name, (contact) => ({
    value: contact.text('value'),
    verified: contact.flag('verified'),
    others: contact.rest(),
  }));

export const readPerson =
  (role: DeliveredPerson['role']) =>
  (person: Members): DeliveredPerson => ({
    role,
    firstName: person.text('firstName'),
    middleName: person.text('middleName'),
    lastName: person.text('lastName'),
    preferredName: person.text('preferredName'),
    dateOfBirth: person.text('dateOfBirth'),
    screenName: person.texts('screenName').join(', ') || null,
    espService: person.text('espService'),
    espUserId: person.text('espUserId'),
    ipAddress: person.text('ipAddress'),
    emails: contacts(person, 'emails'),
    phones: contacts(person, 'phones'),
    addresses: person.list('addresses', (address) => address.rest()),
    captures: captures(person),
    texts: person.texts('additionalInformations'),
    languages: person.texts('languages'),
    races: person.texts('races'),
    disabilities: person.texts('disabilities'),
    others: person.rest(),
  });

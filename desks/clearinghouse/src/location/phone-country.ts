import type { Report } from '@tutela/cybertip';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

type Person = NonNullable<NonNullable<Report['personOrUserReported']>[number]['personOrUserReportedPerson']>;
type Phone = NonNullable<Person['phone']>[number];

/**
 * The ISO 3166 code of the country whose numbering plan (ITU-T E.164) a number belongs to; `undefined` for a number
 * without its calling code, one that no plan has, and those that belong to no country (satellites, +800).
 */
export const countryOfPhone = ({ value, countryCallingCode }: Phone): string | undefined => {
  const digits = value.trim();
  const code = countryCallingCode?.trim();
  const whole = digits.startsWith('+') || code === undefined ? digits : withCode(digits, code);
  const parsed = parsePhoneNumberFromString(whole);
  return parsed?.isValid() === true ? parsed.country : undefined;
};

/** Reporters give the calling code in its attribute, and some give it in the number besides. */
const withCode = (digits: string, code: string): string => {
  const calling = code.replace(/\D/g, '');
  const bare = digits.replace(/\D/g, '');
  const repeated = parsePhoneNumberFromString(`+${bare}`);
  return bare.startsWith(calling) && repeated?.isValid() === true
    ? `+${bare}`
    : `+${calling}${bare.replace(/^0+/, '')}`;
};

import { oneOf } from './notation.js';

type Words<Line extends string> = Line extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Line;

const codes = <const Line extends string>(...lines: readonly Line[]): readonly Words<Line>[] =>
  lines.flatMap((line) => line.split(' ') as Words<Line>[]);

export const incidentType = oneOf([
  'Child Pornography (possession, manufacture, and distribution)',
  'Child Sex Trafficking',
  'Child Sex Tourism',
  'Child Sexual Molestation',
  'Misleading Domain Name',
  'Misleading Words or Digital Images on the Internet',
  'Online Enticement of Children for Sexual Acts',
  'Unsolicited Obscene Material Sent to a Child',
]);

export const eventName = oneOf(['Login', 'Registration', 'Purchase', 'Upload', 'Other', 'Unknown']);
export const addressType = oneOf(['Home', 'Business', 'Billing', 'Shipping', 'Technical']);
export const phoneType = oneOf(['Mobile', 'Home', 'Business', 'Work', 'Fax', 'Internet', 'Recovery']);
export const emailType = oneOf(['Home', 'Work', 'Business', 'Recovery']);
export const accountType = oneOf(['Billing', 'Linked', 'Business', 'Creator', 'Parent/Guardian', 'Other']);
export const batchReason = oneOf(['VIRAL_POTENTIAL_MEME']);
export const fileRelevance = oneOf(['Reported', 'Supplemental Reported']);
/** Letter: A pre-pubescent, B pubescent. Digit: 1 sex act, 2 lascivious exhibition. By agreement with NCMEC only. */
export const industryClassification = oneOf(['A1', 'A2', 'B1', 'B2']);
export const metadataType = oneOf(['EXIF', 'HASH']);

/** US state codes; the empty value means not known. */
export const usState = oneOf([
  '',
  ...codes(
    'AK AL AR AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY',
    'OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY',
  ),
]);

/** Two-letter countries with NCMEC's additions (anonymous proxy A1, satellite A2, other O1, AP, EU); empty: not known. */
export const country = oneOf([
  '',
  ...codes(
    'A1 A2 O1 AD AE AF AG AI AL AM AN AO AP AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR',
    'BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CX CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER',
    'ES ET EU FI FJ FK FM FO FR FX GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID',
    'IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA',
    'MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA',
    'PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST',
    'SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK',
    'YE YT ZA ZM ZW',
  ),
]);

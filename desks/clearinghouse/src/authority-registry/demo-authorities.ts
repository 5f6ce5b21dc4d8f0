import { type AuthorityRow, authorityColumns } from './authority.js';

/**
 * The countries of the made world of reports (testkit) but those below, and three others; nothing is known of real
 * authorities here.
 */
const countries =
  'US DE JP RU CA GB FR AE AL AM AO AR AT AU AZ BA BD BE BG BO BR BY CH CL CN CO CR CY CZ DK DO DZ EC EE EG ES FI GE GH ' +
  'GR GT HK HR HU ID IE IL IN IQ IR IS IT JO KE KH KR KW KZ LB LK LT LU LV MA MD ME MK MT MX MY MZ NG NL NO NZ OM PA PE ' +
  'PH PK PL PT PY QA RO RS SA SE SG SI SK SN SV TH TN TR TW UA VE VN';

/** Countries of the made world that have no authority in the demonstration, so that it shows what becomes of a report there. */
export const countriesWithoutAuthority = ['MN', 'UY', 'UZ'] as const;

/** These have a unit for diverted reports besides; elsewhere a person decides. */
const withChildProtection = new Set('US CA GB FR DE BR PY'.split(' '));
const spanish = new Set('AR BO CL CO CR DO EC ES GT MX PA PE PY SV VE'.split(' '));
const portuguese = new Set('AO BR MZ PT'.split(' '));

const names = new Intl.DisplayNames('en', { type: 'region' });

/** Everything of an invented authority but what makes it this one. */
const invented = {
  incident_types: [] as string[],
  // Which states are party to which instrument is for the operator to bring, with source and date.
  instruments: [] as AuthorityRow['instruments'],
  standing: 'active',
  source: 'invented for demonstrations; no such authority exists',
  source_date: '2026-01-01',
} as const;

const channelOf = (at: number): AuthorityRow['channel'] => {
  if (at % 25 === 24) return 'post';
  return at % 10 === 9 ? 'email' : at % 33 === 32 ? 'partner' : 'feed';
};

const addressOf = (channel: AuthorityRow['channel'], code: string): string => {
  if (channel === 'email') return `referrals@police.${code}.example`;
  return channel === 'post' ? `1 Invented Street, Nowhere, ${code.toUpperCase()}` : '';
};

const rowsOf = (country: string, at: number): readonly AuthorityRow[] => {
  const code = country.toLowerCase();
  const languages = [spanish.has(country) ? 'es' : portuguese.has(country) ? 'pt' : 'en'];
  const channel = channelOf(at);
  const common = { ...invented, country, jurisdiction: 'national', languages } as const;
  const police: AuthorityRow = {
    ...common,
    authority_id: `${code}-demo-police`,
    name: `Demonstration Police of ${names.of(country)}`,
    takes: 'reports',
    channel,
    address: addressOf(channel, code),
  };
  if (!withChildProtection.has(country)) return [police];
  const unit = {
    authority_id: `${code}-demo-child-protection`,
    takes: 'diverted',
    channel: 'feed',
    address: '',
  } as const;
  return [police, { ...common, ...unit, name: `Demonstration Child Protection of ${names.of(country)}` }];
};

/** `data/demonstration-authorities.csv`: one invented police authority for each of 100 countries. */
export const demoAuthoritiesCsv = (): string =>
  `${[
    authorityColumns.join(','),
    ...countries
      .split(' ')
      .flatMap(rowsOf)
      .map((row) => authorityColumns.map((column) => cell(row[column])).join(',')),
  ].join('\n')}\n`;

const cell = (value: string | readonly string[]): string => {
  const text = typeof value === 'string' ? value : value.join(';');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

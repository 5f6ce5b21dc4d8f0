-- Reports as they came, their files, and the country each is referred to. Rows that say what was sent are written once;
-- only a report's state changes. What a report held goes when it ends without being finished.

create table clearinghouse.reporter (
  reporter_id uuid primary key,
  username text not null unique check (username <> '' and username !~ ':'),
  organisation text not null,
  -- Passwords are made here from 256 random bits, so one round of SHA-256 is as good as many.
  password_sha256 bytea not null check (length(password_sha256) = 32),
  issued_at timestamptz not null
);

create table clearinghouse.report (
  report_number bigint generated always as identity (start with 1000001) primary key,
  reporter_id uuid not null references clearinghouse.reporter,
  state text not null check (state in ('open', 'finished', 'retracted', 'expired')),
  incident_type text not null,
  opened_at timestamptz not null,
  last_added_at timestamptz,
  ended_at timestamptz,
  check ((state = 'open') = (ended_at is null))
);
create index report_open on clearinghouse.report (opened_at) where state = 'open';
create index report_by_state on clearinghouse.report (state, report_number desc);

-- The document of /submit, byte for byte, and its reading.
create table clearinghouse.submission (
  report_number bigint primary key references clearinghouse.report,
  document bytea not null,
  content jsonb not null
);

create table clearinghouse.file (
  file_id text primary key check (file_id ~ '^[0-9a-f]{32}$'),
  report_number bigint not null references clearinghouse.report,
  ordinal integer not null check (ordinal >= 1),
  name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  md5 text not null check (md5 ~ '^[0-9a-f]{32}$'),
  size bigint not null check (size >= 0),
  received_at timestamptz not null,
  unique (report_number, ordinal)
);
create index file_by_sha256 on clearinghouse.file (sha256);

-- The document of /fileinfo, byte for byte, and its reading.
create table clearinghouse.file_details (
  file_id text primary key references clearinghouse.file,
  document bytea not null,
  content jsonb not null,
  described_at timestamptz not null
);

create table clearinghouse.referral (
  report_number bigint primary key references clearinghouse.report,
  -- 'unknown' is an answer like the others: the report names no country, or none that the range data knows.
  outcome text not null check (outcome in ('one-country', 'conflicting', 'unknown')),
  countries text[] not null,
  signals jsonb not null,
  range_data_name text,
  range_data_date text,
  range_data_sha256 text check (range_data_sha256 ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  check (case outcome when 'one-country' then cardinality(countries) = 1
                      when 'conflicting' then cardinality(countries) > 1
                      else cardinality(countries) = 0 end),
  check (num_nulls(range_data_name, range_data_date, range_data_sha256) in (0, 3))
);
create index referral_by_country on clearinghouse.referral using gin (countries);

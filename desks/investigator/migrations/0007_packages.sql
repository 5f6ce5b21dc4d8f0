-- Evidence packages of a case: drafted, approved (policy), exported (evidence.package), written.

create table investigator.package (
  -- SHA-256 of the request that two people approve.
  request text collate "C" primary key check (request ~ '^[0-9a-f]{64}$'),
  -- Its folder and, with `.zip`, its file.
  package text collate "C" not null unique check (package ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  case_ref text collate "C" not null references investigator.case,
  drafted_at timestamptz not null,
  drafted_by text not null,
  -- How far the export is, for whoever waits; what counts stands below and in evidence.package.
  state text not null check (state in ('drafted', 'exporting', 'waiting', 'failed', 'written')),
  tries integer not null default 0,
  why text,
  -- Once it is written, all at once.
  contents text collate "C" check (contents ~ '^[0-9a-f]{64}$'),
  events integer check (events >= 1),
  zip_sha256 text collate "C" check (zip_sha256 ~ '^[0-9a-f]{64}$'),
  zip_bytes bigint check (zip_bytes > 0),
  -- Witnesses and time-stamps that were not to be had.
  missing jsonb,
  written_at timestamptz,
  check ((state = 'written') = (written_at is not null)),
  check (num_nulls(contents, events, zip_sha256, zip_bytes, missing, written_at) in (0, 6))
);
create index package_by_case on investigator.package (case_ref, drafted_at);

-- Lists of known hashes. An import makes a version; older versions stay, since a match names the version it was found with.
create table platform.list_version (
  id uuid primary key,
  name text not null,
  source_name text not null,
  source_sha256 bytea not null check (length(source_sha256) = 32),
  -- Hashes by kind, and lines refused, doubled and flagged.
  tally jsonb not null,
  imported_at timestamptz not null
);
create index on platform.list_version (name, imported_at desc);

-- Hashes packed without gaps, at most 65,536 a row, and the line of the source each came from (4 bytes, little-endian).
create table platform.list_part (
  version uuid not null references platform.list_version,
  kind text not null check (kind in ('md5', 'sha1', 'sha256', 'pdq')),
  ordinal integer not null,
  hashes bytea not null,
  lines bytea not null,
  primary key (version, kind, ordinal)
);
alter table platform.list_part alter column hashes set storage external;

create table platform.scan (
  id uuid primary key,
  root bytea not null,
  list_version uuid not null references platform.list_version,
  -- by-folder: the first folder below the root names the account.
  accounts text not null check (accounts in ('none', 'by-folder')),
  threshold integer not null check (threshold between 0 and 255),
  started_at timestamptz not null,
  state text not null check (state in ('walking', 'walked', 'ended')),
  -- The last path put into a batch: a resumed walk goes on behind it.
  walked_to bytea,
  batches integer not null default 0,
  files bigint not null default 0,
  bytes bigint not null default 0,
  tally jsonb,
  ended_at timestamptz
);

create table platform.scan_batch (
  scan uuid not null references platform.scan,
  ordinal integer not null,
  -- Paths below the root, each ended by a NUL byte: a path may hold any other byte.
  paths bytea not null,
  files integer not null,
  bytes bigint not null,
  state text not null check (state in ('waiting', 'done')),
  -- What was found, one JSON line a file: the very bytes that are handed out.
  results bytea,
  tally jsonb,
  primary key (scan, ordinal)
);
alter table platform.scan_batch alter column results set storage external;
create index on platform.scan_batch (scan) where state = 'waiting';

-- How far the results of a scan were written out, and to which file the next ones were about to be.
create table platform.scan_output (
  scan uuid primary key references platform.scan,
  written integer not null,
  pending jsonb
);

create table platform.upload (
  id uuid primary key,
  account text not null,
  name text not null,
  sha256 bytea not null check (length(sha256) = 32),
  size bigint not null,
  -- Three moments that are never one: when the account uploaded, when we received, when we found.
  uploaded_at timestamptz not null,
  received_at timestamptz not null,
  ip inet,
  port integer check (port between 1 and 65535),
  result jsonb not null
);
create index on platform.upload (account);

create table platform.match (
  id uuid primary key,
  scan uuid references platform.scan,
  batch integer,
  upload uuid references platform.upload,
  account text not null,
  name text not null,
  sha256 bytea not null,
  sha1 bytea not null,
  md5 bytea not null,
  size bigint not null,
  kind text not null check (kind in ('exact', 'near')),
  list_version uuid not null references platform.list_version,
  list_kind text not null,
  list_line integer not null,
  distance integer,
  variant text,
  -- How the picture was decoded for the comparison: shrunk smoothly, or sampled as the reference implementation does.
  decode text check (decode in ('default', 'exact')),
  quality integer,
  found_at timestamptz not null,
  check ((scan is null) <> (upload is null))
);
create index on platform.match (account);
create index on platform.match (scan);
-- However often a folder is scanned, the same bytes of an account wait for one decision. An upload is an act of its own.
create unique index match_once on platform.match (account, sha256, kind) where scan is not null;

create table platform.decision (
  match uuid primary key references platform.match,
  decision text not null check (decision in ('confirmed', 'dismissed')),
  basis text not null check (basis in ('review', 'policy-exact')),
  decided_by text not null,
  reason text not null,
  decided_at timestamptz not null
);

-- Who looked at which original. `fileViewedByEsp` is computed from this table and from nothing else.
create table platform.view (
  id uuid primary key,
  sha256 bytea not null,
  match uuid not null references platform.match,
  viewed_by text not null,
  reason text not null,
  viewed_at timestamptz not null
);
create index on platform.view (sha256);

create table platform.filing (
  id uuid primary key,
  account text not null,
  environment text not null check (environment in ('test', 'production')),
  opened_at timestamptz not null,
  -- What is known of the report at the clearinghouse; `step` is what is being done, in doubt while an answer is out.
  state text not null check (state in ('ready', 'open', 'finished', 'refused')),
  doubt text check (doubt in ('submit', 'upload', 'fileinfo', 'finish', 'retract')),
  revision integer not null,
  attempt integer not null,
  report_number text,
  due_at timestamptz not null,
  -- Answers in a row that never came; the next try waits longer.
  failures integer not null default 0,
  reason text,
  finished_at timestamptz
);
create index on platform.filing (due_at) where state in ('ready', 'open');
create unique index on platform.filing (account) where state in ('ready', 'open');

create table platform.filing_file (
  filing uuid not null references platform.filing,
  ordinal integer not null,
  match uuid not null references platform.match,
  -- Both belong to the report of this attempt; a new attempt sends every file again.
  attempt integer,
  file_id text,
  described boolean not null default false,
  primary key (filing, ordinal)
);
create index on platform.filing_file (match);

create table platform.filing_step (
  filing uuid not null references platform.filing,
  ordinal integer not null,
  attempt integer not null,
  act text not null,
  phase text not null check (phase in ('intent', 'answer')),
  detail jsonb not null,
  at timestamptz not null,
  primary key (filing, ordinal)
);

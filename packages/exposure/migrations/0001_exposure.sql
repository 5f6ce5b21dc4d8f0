-- Who saw what, and what it cost them.

create table exposure.reveal (
  reveal_id uuid primary key,
  desk text not null check (desk in ('platform', 'clearinghouse', 'investigator')),
  -- The desk's own name of what was shown, such as `match/UUID` or `report/1000001/file/…`.
  subject text collate "C" not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  person text collate "C" not null,
  -- 'screen': pixels made by the server. 'file': the bytes themselves, taken at the command line.
  form text not null check (form in ('screen', 'file')),
  reason text not null check (reason <> ''),
  -- Of the organisation's time zone, when it began.
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  started_at timestamptz not null,
  -- It counts until here when nobody says that it ended.
  closes_at timestamptz not null check (closes_at > started_at),
  ended_at timestamptz check (ended_at between started_at and closes_at),
  -- 'next': the same person looked at something else. 'time': nobody said so.
  ended_by text check (ended_by in ('person', 'next', 'time')),
  seconds integer check (seconds >= 1),
  check (num_nulls(ended_at, ended_by, seconds) in (0, 3))
);
create index reveal_by_person on exposure.reveal (person, day);
create index reveal_in_order on exposure.reveal (started_at, reveal_id);
create index reveal_by_subject on exposure.reveal (desk, subject);
create index reveal_by_sha256 on exposure.reveal (sha256);
-- Nobody reveals everything at once: one at a time.
create unique index reveal_open on exposure.reveal (person) where ended_at is null;

-- Two people added to somebody's day.
create table exposure.override (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  person text collate "C" not null,
  day text not null,
  seconds integer not null check (seconds >= 1),
  approved_by text[] not null,
  used_by text not null,
  used_at timestamptz not null
);
create index override_by_person on exposure.override (person, day);

-- How it ended for those who worked on it.
create table exposure.outcome (
  outcome_id uuid primary key,
  desk text not null check (desk in ('platform', 'clearinghouse', 'investigator')),
  -- What it is about: everything whose name begins with it and a slash belongs to it.
  subject text collate "C" not null,
  kind text not null check (kind in ('child-safeguarded', 'case-closed', 'person-arrested', 'takedown-confirmed', 'report-acted-on')),
  happened_at timestamptz not null,
  noted_by text not null,
  noted_at timestamptz not null
);
create index outcome_by_subject on exposure.outcome (desk, subject);

-- The following are a person's own and no part of the record.

create table exposure.work (
  person text collate "C" not null,
  desk text not null,
  subject text collate "C" not null,
  worked_at timestamptz not null,
  primary key (person, desk, subject)
);

create table exposure.settings (
  person text primary key,
  content jsonb not null,
  changed_at timestamptz not null
);

-- Not offered to this person again. There is no column for a reason, since none is asked for.
create table exposure.skip (
  person text collate "C" not null,
  desk text not null,
  subject text collate "C" not null,
  skipped_at timestamptz not null,
  primary key (person, desk, subject)
);

-- Cases, what belongs to them, and who had it when. `case_ref` is that of policy, ledger events and vault compartments.

create table investigator.case (
  case_ref text collate "C" primary key check (case_ref ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  title text not null check (title <> ''),
  opened_at timestamptz not null,
  opened_by text not null,
  closed_at timestamptz,
  closed_by text,
  closed_because text,
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (closed_because is null))
);

-- Reports that were imported and belong to a case. One report may belong to several.
create table investigator.case_report (
  case_ref text collate "C" not null references investigator.case,
  report_id uuid not null references investigator.report,
  linked_at timestamptz not null,
  linked_by text not null,
  primary key (case_ref, report_id)
);
create index case_report_by_report on investigator.case_report (report_id);

create table investigator.exhibit (
  exhibit_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  -- As the label on the bag says: unique in its case.
  number text not null check (number <> ''),
  -- The exhibit that it was taken from, such as the computer of a drive.
  parent_id uuid references investigator.exhibit,
  description text not null,
  seized_at timestamptz,
  seized_place text,
  seized_by text,
  seized_from text,
  make text,
  serial text,
  capacity_bytes bigint check (capacity_bytes >= 0),
  seal_ids text[] not null default '{}',
  storage_place text,
  -- Of the image or copy; SHA-256 is what counts, the older ones are for reports of others.
  image_format text,
  sha256 text collate "C" check (sha256 ~ '^[0-9a-f]{64}$'),
  sha1 text collate "C" check (sha1 ~ '^[0-9a-f]{40}$'),
  md5 text collate "C" check (md5 ~ '^[0-9a-f]{32}$'),
  -- Tool, version, settings, write blocker, read errors, digests of segments (AcquisitionContent).
  acquisition jsonb not null,
  -- IANA name, and how far its clock was ahead of UTC-disciplined time when it was compared.
  time_zone text,
  clock_offset_seconds numeric,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (case_ref, number)
);
create index exhibit_by_parent on investigator.exhibit (parent_id);

-- What happened to an exhibit, in the order it was recorded. Only grows.
create table investigator.custody_event (
  custody_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  exhibit_id uuid not null references investigator.exhibit,
  ordinal integer not null check (ordinal >= 1),
  action text not null
    check (action in ('seized', 'transferred', 'sealed', 'unsealed', 'acquired', 'examined', 'returned')),
  happened_at timestamptz not null,
  -- Whoever has it afterwards, and who handed it over.
  holder text not null,
  handed_over_by text,
  second_person text,
  place text,
  seal_ids text[] not null default '{}',
  authority_id uuid,
  reason text not null,
  -- Tool, version, arguments, digests in and out (CustodyContent).
  content jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  unique (exhibit_id, ordinal)
);

create function investigator.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'investigator.% only grows: % refused', tg_table_name, lower(tg_op) using errcode = '42501';
end $$;
create trigger only_grows before update or delete or truncate on investigator.custody_event
  for each statement execute function investigator.refuse_change();

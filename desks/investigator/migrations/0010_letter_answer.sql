-- What a provider answered by letter, as one person typed it off and another compared it with the letter. The scan lies in
-- the vault of the case. Once checked it is an answer like any other.
create table investigator.letter_answer (
  order_id uuid primary key references investigator.provider_order,
  case_ref text collate "C" not null,
  scan_sha256 text collate "C" not null check (scan_sha256 ~ '^[0-9a-f]{64}$'),
  document bytea not null,
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  transcribed_at timestamptz not null,
  transcribed_by text not null,
  checked_at timestamptz,
  checked_by text,
  check ((checked_at is null) = (checked_by is null)),
  check (checked_by is null or checked_by <> transcribed_by)
);

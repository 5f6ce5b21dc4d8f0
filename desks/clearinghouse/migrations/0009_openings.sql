-- Why a file may be looked at that its reporter did not look at, or did not say so.
create table clearinghouse.file_opening (
  opening_id uuid primary key,
  file_id text not null references clearinghouse.file,
  basis text not null check (basis in ('consent', 'warrant', 'exigency')),
  -- The number of the warrant.
  reference text,
  statement text not null check (statement <> ''),
  recorded_by text not null,
  recorded_at timestamptz not null,
  -- An exigency stands on the word of a second person; the digest names what they approved.
  approved_by text[] not null,
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  check ((basis = 'warrant') = (reference is not null)),
  check ((basis = 'exigency') = (digest is not null and cardinality(approved_by) > 0))
);
create index file_opening_by_file on clearinghouse.file_opening (file_id);

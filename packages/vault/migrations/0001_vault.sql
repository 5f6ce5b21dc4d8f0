-- Keys of cases, what keeps them from being destroyed, and what is left when they were.

-- Case keys, wrapped by the installation key; only where no folder is named for them. Keep this table out of dumps that
-- live longer than a destroyed key may (`pg_dump --exclude-table-data=vault.case_key`).
create table vault.case_key (
  case_ref text collate "C" primary key,
  key_id uuid not null unique,
  installation_key text collate "C" not null,
  wrapped bytea not null,
  created_at timestamptz not null
);

-- A case whose key was destroyed never gets another one.
create table vault.destroyed_key (
  case_ref text collate "C" primary key,
  key_id uuid not null unique
);

-- While one stands, the case cannot be shredded. Rows are written once and released once.
create table vault.legal_hold (
  id uuid primary key,
  case_ref text collate "C" not null,
  reason text not null,
  placed_by text collate "C" not null,
  placed_at timestamptz not null,
  released_by text collate "C",
  released_at timestamptz,
  release_reason text,
  check ((released_by is null) = (released_at is null) and (released_at is null) = (release_reason is null))
);
create index legal_hold_by_case on vault.legal_hold (case_ref) where released_at is null;

-- An order to shred, and its certificate once the key is gone.
create table vault.shredding (
  case_ref text collate "C" primary key,
  key_id uuid not null unique,
  -- RFC 8785 text of the request that was approved, and its SHA-256: what people signed.
  request text not null,
  request_digest text collate "C" not null check (request_digest ~ '^[0-9a-f]{64}$'),
  approved_by text[] not null check (cardinality(approved_by) >= 2),
  ordered_by text collate "C" not null,
  ordered_at timestamptz not null,
  -- RFC 8785 text.
  certificate text
);

-- Runs of a scrub; one without an end was interrupted, and the next one goes on after what it reached.
create table vault.scrub (
  id uuid primary key,
  place text not null,
  started_at timestamptz not null,
  reached_key uuid,
  reached_name text collate "C",
  objects bigint not null default 0,
  bytes bigint not null default 0,
  shredded bigint not null default 0,
  -- The first thousand findings; `found` counts all.
  findings jsonb not null default '[]',
  found bigint not null default 0,
  ended_at timestamptz
);

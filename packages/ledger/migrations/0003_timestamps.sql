-- When our heads existed, in the words of others.

-- Time-stamp tokens (RFC 3161) over the body of a checkpoint, each verified before it was stored.
create table ledger.timestamp (
  size bigint not null check (size > 0),
  -- As the settings name it.
  authority text collate "C" not null,
  -- TimeStampToken, DER.
  token bytea not null,
  -- What the token says, to find it by.
  gen_time timestamptz not null,
  -- Certificates in PEM, from the authority's to its root, as they were when the token was believed.
  chain text not null,
  -- When we stored it, by our clock.
  at timestamptz not null,
  primary key (size, authority)
);
create index timestamp_by_authority on ledger.timestamp (authority, at);

-- Queries that brought no token; the next one waits the longer, the more of them stand after the last token.
create table ledger.timestamp_failure (
  id bigint primary key generated always as identity,
  authority text collate "C" not null,
  size bigint not null,
  at timestamptz not null,
  code text collate "C" not null,
  why text not null
);
create index timestamp_failure_by_authority on ledger.timestamp_failure (authority, at);

create trigger only_grows before update or delete or truncate on ledger.timestamp
  for each statement execute function ledger.refuse_change();
create trigger only_grows before update or delete or truncate on ledger.timestamp_failure
  for each statement execute function ledger.refuse_change();

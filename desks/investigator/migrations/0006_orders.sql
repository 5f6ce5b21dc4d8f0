-- Addresses that were observed, the providers they belong to, and the orders that ask them. Rows of `observation` and
-- `provider_range` are vouched for by the digest of the import that wrote them.

create table investigator.observation_import (
  import_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  -- 'report': addresses of a report of the case; 'records': rows of a file, such as peer-to-peer records or a server's log.
  kind text not null check (kind in ('report', 'records')),
  name text not null,
  document_sha256 text collate "C" not null check (document_sha256 ~ '^[0-9a-f]{64}$'),
  -- What was stated of the whole source (IntakeSettings and what a report does not say).
  settings jsonb not null,
  usable integer not null check (usable >= 0),
  refused integer not null check (refused >= 0),
  -- Of its rows, by investigator.observation_digest.
  rows_sha256 text collate "C" not null,
  imported_at timestamptz not null,
  imported_by text not null,
  unique (case_ref, kind, document_sha256)
);

create table investigator.observation (
  observation_id uuid primary key,
  import_id uuid not null references investigator.observation_import deferrable initially deferred,
  case_ref text collate "C" not null,
  -- Line of the file, or ordinal of the source capture in its report.
  place integer not null check (place >= 1),
  state text not null check (state in ('usable', 'refused')),
  -- Why it may not be asked about. What stood in a refused row is not repeated.
  code text collate "C",
  -- AskedObservation (docs/attribution-exchange.md): all that a provider needs, and nothing else.
  asked jsonb,
  ip inet,
  port integer,
  -- As it was read, UTC, the clock's measured offset taken off.
  seen_from timestamptz,
  seen_to timestamptz,
  entry text check (entry in ('electronic', 'transcribed')),
  unique (import_id, place),
  check ((state = 'refused') = (code is not null)),
  check ((state = 'usable') = (asked is not null and ip is not null and seen_from is not null and entry is not null))
);
create index observation_by_case on investigator.observation (case_ref, ip) where state = 'usable';

create function investigator.observation_digest(import uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(' ', place, state, coalesce(code, '-'), coalesce(asked::text, '-')), E'\n' order by place), ''), 'UTF8')), 'hex')
  from investigator.observation where import_id = import
$$;

-- A second person who compared what was typed with the document.
create table investigator.observation_confirmation (
  observation_id uuid primary key references investigator.observation,
  case_ref text collate "C" not null,
  confirmed_at timestamptz not null,
  confirmed_by text not null
);

-- Files that say whose addresses are whose, as the operator brought them.
create table investigator.range_source (
  source_id uuid primary key,
  kind text not null check (kind in ('table', 'delegated', 'rdap')),
  name text not null,
  -- As the file says, or as the operator states.
  published text not null,
  sha256 text collate "C" not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  ranges integer not null check (ranges >= 0),
  imported_at timestamptz not null,
  imported_by text not null
);
create table investigator.provider_range (
  source_id uuid not null references investigator.range_source,
  first inet not null,
  last inet not null,
  -- Holder as the file names it.
  holder text not null,
  country text,
  check (first <= last and family(first) = family(last))
);
create index provider_range_by_first on investigator.provider_range (first desc);

-- Whom to ask: maintained by the users, since registries name abuse desks and no legal ones.
create table investigator.provider (
  provider_id text collate "C" primary key check (provider_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  -- Holders of ranges that are this provider.
  holders text[] not null,
  country text,
  -- Where its exchange is; null: it gets letters.
  exchange_url text,
  email text,
  language text not null check (language in ('en', 'es', 'pt')),
  answer_days integer not null check (answer_days between 1 and 365),
  -- Customers on one public address behind its NAT; 1 for an address each, null for not known.
  sharing integer check (sharing >= 1),
  noted_at timestamptz not null,
  noted_by text not null
);

create table investigator.provider_order (
  order_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  provider_id text collate "C" not null references investigator.provider,
  authority_id uuid not null,
  authority_version integer not null,
  way text not null check (way in ('exchange', 'letter')),
  -- RFC 8785 text of the order as the provider gets it.
  document text not null,
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- 'sending' until the provider has it; 'waiting' for its answer.
  state text not null
    check (state in ('draft', 'sending', 'waiting', 'answered', 'declined', 'expired', 'refused')),
  approval text collate "C",
  drafted_at timestamptz not null,
  drafted_by text not null,
  sent_at timestamptz,
  -- When an answer is due.
  due_at timestamptz,
  remote_order_id text,
  settled_at timestamptz,
  reason text,
  -- Rises with each attempt: part of the workflow's id. `next_at`: not before.
  attempt integer not null default 0,
  next_at timestamptz,
  check ((state in ('answered', 'declined', 'expired', 'refused')) = (settled_at is not null)),
  check (state = 'draft' or approval is not null)
);
create index provider_order_by_case on investigator.provider_order (case_ref, drafted_at);
create index provider_order_due on investigator.provider_order (next_at) where state in ('sending', 'waiting');

-- An observation is asked about once for each provider, whatever the order.
create table investigator.order_observation (
  order_id uuid not null references investigator.provider_order,
  ordinal integer not null check (ordinal >= 0),
  observation_id uuid not null references investigator.observation,
  primary key (order_id, ordinal),
  unique (observation_id, order_id)
);
create index order_observation_by_observation on investigator.order_observation (observation_id);

-- What came back, as it was sent; one answer for each observation of the order, in its order.
create table investigator.order_answer (
  order_id uuid primary key references investigator.provider_order,
  case_ref text collate "C" not null,
  document bytea not null,
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  received_at timestamptz not null
);

-- Sources of logs, the segments made of them, rule sets, orders and their answers. Who a handle stands for is not here:
-- that is the schema provider_identity.

create table provider.source (
  exporter text primary key check (exporter <> ''),
  declaration jsonb not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  added_at timestamptz not null
);

-- One run over the files of one source. `ingest_id` is the digest of what was read, so the same files are read once.
create table provider.ingest (
  ingest_id text primary key check (ingest_id ~ '^[0-9a-f]{64}$'),
  exporter text not null references provider.source,
  inputs jsonb not null,
  tally jsonb not null,
  finished_at timestamptz not null
);

create table provider.segment (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  ingest_id text not null references provider.ingest,
  exporter text not null references provider.source,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  keys text not null check (keys in ('ipv4', 'ipv6', 'tag')),
  file text not null unique,
  bytes bigint not null check (bytes > 0),
  records bigint not null check (records >= 0),
  covered_ms bigint not null check (covered_ms between 0 and 86400000),
  gaps integer not null check (gaps >= 0),
  retain_until timestamptz not null,
  written_at timestamptz not null,
  deleted_at timestamptz,
  -- What was deleted, when and why: RFC 8785 text.
  certificate text,
  check ((deleted_at is null) = (certificate is null)),
  unique (ingest_id, day)
);
create index segment_by_day on provider.segment (exporter, day) where deleted_at is null;
create index segment_by_end on provider.segment (retain_until) where deleted_at is null;

-- One version of one NAT's configuration; only an enabled one answers. `to_ms` is exclusive, null while in force.
create table provider.rule (
  rule_id text primary key check (rule_id ~ '^[0-9a-f]{64}$'),
  nat_instance text not null check (nat_instance <> ''),
  from_ms bigint not null,
  to_ms bigint check (to_ms > from_ms),
  document text not null,
  added_at timestamptz not null,
  enabled_at timestamptz
);
create index rule_by_nat on provider.rule (nat_instance, from_ms);

create table provider.agency (
  agency_id uuid primary key,
  name text not null unique check (name <> ''),
  -- Credentials are made here from 256 random bits, so one round of SHA-256 is as good as many.
  credential_sha256 bytea not null unique check (length(credential_sha256) = 32),
  issued_at timestamptz not null
);

create table provider.disclosure_order (
  order_id uuid primary key,
  agency_id uuid not null references provider.agency,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- RFC 8785 text of what the agency sent.
  document text not null,
  reference text not null,
  received_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('received', 'released', 'declined')),
  settled_at timestamptz,
  reason text,
  check ((state = 'received') = (settled_at is null)),
  unique (agency_id, sha256)
);
create index disclosure_order_by_time on provider.disclosure_order (received_at desc);
create index disclosure_order_of_agency on provider.disclosure_order (agency_id, received_at);

-- What each observation asks for, to find those who ask the same again and again. `key` is a digest of address and port.
create table provider.question (
  order_id uuid not null references provider.disclosure_order,
  ordinal integer not null check (ordinal >= 0),
  key text not null check (key ~ '^[0-9a-f]{64}$'),
  at_ms bigint not null,
  primary key (order_id, ordinal)
);
create index question_by_key on provider.question (key, at_ms);

create table provider.alarm (
  order_id uuid primary key references provider.disclosure_order,
  -- Observations of the order that ask nearly what was asked before, under whatever order.
  near_duplicates integer not null check (near_duplicates > 0),
  raised_at timestamptz not null
);

-- Which segments and rules an answer could have read: with it the answer is made again. Kept by digest of its text.
create table provider.plan (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  document text not null
);

create table provider.answer (
  answer_id uuid primary key,
  order_id uuid not null references provider.disclosure_order,
  ordinal integer not null check (ordinal >= 0),
  plan_sha256 text not null references provider.plan,
  asked_at timestamptz not null,
  outcome text not null,
  -- RFC 8785 text; of several candidates it holds the number and nothing else.
  record text not null,
  record_sha256 text not null check (record_sha256 ~ '^[0-9a-f]{64}$'),
  unique (order_id, ordinal)
);

-- What was handed to the agency, without identities.
create table provider.release (
  order_id uuid primary key references provider.disclosure_order,
  document text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  approval text not null check (approval ~ '^[0-9a-f]{64}$'),
  released_at timestamptz not null
);

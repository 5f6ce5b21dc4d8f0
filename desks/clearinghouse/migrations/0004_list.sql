-- Known-hash lists: who may vouch, what stands on them and why, who receives them, what was published, who probed.

-- Whoever submits to a list or receives one. Only those who receive have credentials.
create table clearinghouse.list_member (
  member_id integer generated always as identity primary key,
  name text not null check (name <> ''),
  username text unique check (username ~ '^[\x21-\x39\x3b-\x7e]{1,100}$'),
  -- Passwords are made here from 256 random bits, so one round of SHA-256 is as good as many.
  password_sha256 bytea check (length(password_sha256) = 32),
  requests_per_minute integer not null check (requests_per_minute between 1 and 100000),
  issued_at timestamptz not null,
  check ((username is null) = (password_sha256 is null))
);

create table clearinghouse.list (
  list_id text primary key check (list_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  title text not null check (title <> ''),
  -- Lists on whose account somebody is reported ask for two organisations.
  rule text not null check (rule in ('two-reviewers', 'two-organisations')),
  publisher_id integer not null references clearinghouse.list_member,
  canaries_each integer not null check (canaries_each between 0 and 64),
  opened_at timestamptz not null
);

create table clearinghouse.list_reviewer (
  person_id text primary key,
  organisation text not null check (organisation <> ''),
  named_at timestamptz not null
);

create table clearinghouse.list_access (
  list_id text not null references clearinghouse.list,
  member_id integer not null references clearinghouse.list_member,
  granted_at timestamptz not null,
  -- When two reviewers had vouched for the member's own entries.
  opened_at timestamptz,
  revoked_at timestamptz,
  primary key (list_id, member_id)
);

-- Entries that two reviewers vouch for together: the root commits to each of them.
create table clearinghouse.list_batch (
  batch_id uuid primary key,
  list_id text not null references clearinghouse.list,
  root text not null check (root ~ '^[0-9a-f]{64}$'),
  size integer not null check (size > 0),
  -- The request in policy.approval_request that reviewers sign.
  request_digest text not null unique,
  -- The member whose canaries these are.
  recipient_id integer references clearinghouse.list_member,
  proposed_by text not null,
  proposed_at timestamptz not null,
  listed_at timestamptz
);
create index list_batch_waiting on clearinghouse.list_batch (list_id, proposed_at) where listed_at is null;

-- What an entry says is under its batch's root. When it changed, and whether it stands, follows from batch and withdrawal.
create table clearinghouse.list_entry (
  entry_id uuid primary key,
  -- Never moves, so that a page goes on where the one before ended, whatever was deleted meanwhile.
  ordinal bigint generated always as identity unique,
  list_id text not null references clearinghouse.list,
  batch_id uuid not null references clearinghouse.list_batch,
  submitter_id integer not null references clearinghouse.list_member,
  media text not null check (media in ('image', 'video')),
  fingerprints jsonb not null,
  -- SHA-256 and size of each large fingerprint in the vault, by type.
  large jsonb not null,
  classification text,
  -- Why it stands there, and the key under which the statement commits to that.
  vetting jsonb not null,
  vetting_key bytea not null check (length(vetting_key) = 32),
  commitment_key bytea not null check (length(commitment_key) = 32),
  commitment text not null check (commitment ~ '^[0-9a-f]{64}$'),
  canary_of integer references clearinghouse.list_member,
  -- To the second; null until it is listed. Every change moves it.
  changed_at timestamptz check (changed_at = date_trunc('second', changed_at)),
  withdrawn_at timestamptz
);
create index list_entry_by_change on clearinghouse.list_entry (list_id, changed_at, ordinal) where changed_at is not null;
create index list_entry_by_ordinal on clearinghouse.list_entry (list_id, ordinal) where changed_at is not null;
create index list_entry_by_batch on clearinghouse.list_entry (batch_id);
create index list_entry_canaries on clearinghouse.list_entry (canary_of) where canary_of is not null;

create table clearinghouse.list_withdrawal (
  entry_id uuid primary key references clearinghouse.list_entry,
  reason text not null check (reason <> ''),
  withdrawn_by text not null,
  withdrawn_at timestamptz not null
);

create table clearinghouse.list_feedback (
  entry_id uuid not null references clearinghouse.list_entry,
  member_id integer not null references clearinghouse.list_member,
  fingerprint_type text not null,
  verdict text not null check (verdict in ('affirmative', 'negative')),
  reasons text[] not null,
  given_at timestamptz not null,
  primary key (entry_id, member_id, fingerprint_type),
  check ((verdict = 'negative') = (cardinality(reasons) > 0))
);

create table clearinghouse.list_version (
  list_id text not null references clearinghouse.list,
  version integer not null check (version >= 1),
  as_of timestamptz not null,
  size integer not null,
  root text not null check (root ~ '^[0-9a-f]{64}$'),
  recipients integer not null,
  canaries_each integer not null,
  previous_root text,
  -- The commitments, 32 bytes each in their order, in the vault.
  commitments_sha256 text not null check (commitments_sha256 ~ '^[0-9a-f]{64}$'),
  event_id uuid,
  primary key (list_id, version)
);

-- Unknown material that waits for two reviewers.
create table clearinghouse.list_candidate (
  candidate_id uuid primary key,
  list_id text not null references clearinghouse.list,
  media text not null check (media in ('image', 'video')),
  fingerprints jsonb not null,
  origin text not null check (origin in ('report', 'hotline', 'investigator')),
  origin_ref text not null check (origin_ref <> ''),
  received_at timestamptz not null,
  batch_id uuid references clearinghouse.list_batch
);
create index list_candidate_waiting on clearinghouse.list_candidate (list_id, received_at) where batch_id is null;

-- What a program thinks of a candidate. Nothing follows from it.
create table clearinghouse.list_verdict (
  candidate_id uuid not null references clearinghouse.list_candidate,
  classifier text not null,
  classifier_version text not null,
  label text not null,
  score double precision not null check (score between 0 and 1),
  given_at timestamptz not null,
  primary key (candidate_id, classifier, classifier_version)
);

-- Counters, not facts of record: they are lost without harm.
create table clearinghouse.list_usage (
  list_id text not null,
  member_id integer not null references clearinghouse.list_member,
  minute timestamptz not null,
  requests integer not null,
  last_poll_at timestamptz,
  last_window_end timestamptz,
  primary key (list_id, member_id)
);
create table clearinghouse.list_probe (
  list_id text not null,
  source text not null,
  kind text not null check (kind in ('unknown-entry', 'wrong-credentials', 'no-access')),
  hour timestamptz not null,
  count integer not null,
  primary key (list_id, source, kind, hour)
);

create table clearinghouse.list_alert (
  list_id text not null,
  source text not null,
  kind text not null,
  hour timestamptz not null,
  count integer not null,
  raised_at timestamptz not null,
  primary key (list_id, source, kind, hour)
);

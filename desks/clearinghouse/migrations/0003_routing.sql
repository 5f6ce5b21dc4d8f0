-- Who gets which report: the registry of authorities, referrals and how they travel, what authorities say of them, and
-- requests across borders.

create table clearinghouse.authority (
  authority_id text primary key check (authority_id ~ '^[a-z]{2}-[a-z0-9][a-z0-9-]{0,60}$'),
  country text not null check (country ~ '^[A-Z]{2}$'),
  name text not null check (name <> ''),
  jurisdiction text not null,
  -- `diverted`: the child-protection unit, for reports in which a child may be the one reported.
  takes text not null check (takes in ('reports', 'diverted')),
  channel text not null check (channel in ('feed', 'email', 'post', 'partner')),
  -- Where notices or letters go; an authority that only fetches has none.
  address text check (address <> ''),
  languages text[] not null,
  -- Empty: all.
  incident_types text[] not null,
  instruments text[] not null,
  standing text not null check (standing in ('active', 'closed')),
  source text not null check (source <> ''),
  source_date text not null check (source_date ~ '^\d{4}-\d{2}-\d{2}$'),
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  imported_at timestamptz not null,
  imported_by text not null,
  check (channel not in ('email', 'post') or address is not null)
);
create index authority_by_country on clearinghouse.authority (country) where standing = 'active';

create table clearinghouse.feed_credential (
  authority_id text primary key references clearinghouse.authority,
  -- Credentials are made here from 256 random bits, so one round of SHA-256 is as good as many.
  credential_sha256 bytea not null check (length(credential_sha256) = 32),
  issued_at timestamptz not null,
  issued_by text not null
);

-- A person's act: a bundle sent as one to each authority that its reports belong to. Recalled as one.
create table clearinghouse.forward (
  forward_id uuid primary key,
  bundle_id uuid not null references clearinghouse.bundle,
  reason text not null check (reason <> ''),
  made_at timestamptz not null,
  made_by text not null,
  recalled_at timestamptz,
  recalled_by text,
  recalled_reason text,
  check (num_nulls(recalled_at, recalled_by, recalled_reason) in (0, 3))
);
create unique index forward_of_bundle on clearinghouse.forward (bundle_id) where recalled_at is null;

create table clearinghouse.referral (
  referral_id uuid primary key,
  authority_id text not null references clearinghouse.authority,
  country text not null check (country ~ '^[A-Z]{2}$'),
  kind text not null check (kind in ('report', 'bundle')),
  report_number bigint references clearinghouse.report,
  forward_id uuid references clearinghouse.forward,
  -- Of a bundle: referral where one of its reports has it; the most urgent lane; the type of most.
  label text not null check (label in ('referral', 'informational')),
  label_reason text not null,
  lane text not null check (lane in ('crisis', 'normal', 'diverted')),
  incident_type text not null,
  reports integer not null check (reports >= 1),
  -- Of the report numbers, ascending, each followed by a line feed: with it the members are vouched for.
  reports_sha256 text not null check (reports_sha256 ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('available', 'downloaded', 'acknowledged', 'superseded', 'recalled')),
  -- What it was before it was superseded.
  earlier_state text check (earlier_state in ('available', 'downloaded', 'acknowledged')),
  reason text,
  made_at timestamptz not null,
  made_by text not null,
  downloaded_at timestamptz,
  acknowledged_at timestamptz,
  receipt text,
  superseded_by uuid references clearinghouse.forward,
  check ((kind = 'report') = (report_number is not null)),
  check ((kind = 'bundle') = (forward_id is not null)),
  check ((state = 'superseded') = (superseded_by is not null))
);
create unique index referral_of_report on clearinghouse.referral (report_number, authority_id) where state <> 'recalled';
create index referral_of_authority on clearinghouse.referral (authority_id, made_at desc);
create index referral_by_time on clearinghouse.referral (made_at desc, referral_id desc);
create index referral_of_forward on clearinghouse.referral (forward_id);
create index referral_superseded on clearinghouse.referral (superseded_by);
create index referral_waiting on clearinghouse.referral (made_at) where state in ('available', 'downloaded');

create table clearinghouse.referral_member (
  referral_id uuid not null references clearinghouse.referral,
  report_number bigint not null references clearinghouse.report,
  primary key (referral_id, report_number)
);
create index referral_member_by_report on clearinghouse.referral_member (report_number);

-- `singly`: a person wants it sent alone although it is in a large bundle.
alter table clearinghouse.routing_pending
  add column way text not null default 'usual' check (way in ('usual', 'singly'));

-- Where each report went, country by country; 'ZZ' for none. Each routed report has a row, so sums agree. Derived from what the
-- ledger says of each routing.
create table clearinghouse.routing (
  report_number bigint not null references clearinghouse.report,
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- `held`: a person has to decide.
  outcome text not null check (outcome in ('referred', 'unroutable', 'held')),
  -- Of what is not referred; of the rest null.
  reason text,
  authority_id text references clearinghouse.authority,
  lane text not null check (lane in ('crisis', 'normal', 'diverted')),
  label text not null check (label in ('referral', 'informational')),
  triage_version integer not null,
  routed_at timestamptz not null,
  primary key (report_number, country),
  check ((outcome = 'referred') = (authority_id is not null)),
  check ((outcome = 'referred') = (reason is null))
);
create index routing_open on clearinghouse.routing (report_number desc) where outcome <> 'referred';
create index routing_by_country on clearinghouse.routing (country, outcome);

-- How far each authority's feed goes. The row is locked by whoever adds to it, so that positions come in the order of
-- commits and a reader with a cursor misses none.
create table clearinghouse.feed_head (
  authority_id text primary key references clearinghouse.authority,
  last_position bigint not null check (last_position >= 0)
);

create table clearinghouse.feed_entry (
  authority_id text not null references clearinghouse.authority,
  position bigint not null check (position >= 1),
  referral_id uuid not null references clearinghouse.referral,
  change text not null check (change in ('made', 'relabelled', 'recalled', 'superseded', 'restored')),
  at timestamptz not null,
  primary key (authority_id, position)
);

-- That something is there to fetch, told by e-mail or letter: never what it is.
create table clearinghouse.notice (
  notice_id uuid primary key,
  authority_id text not null references clearinghouse.authority,
  channel text not null check (channel in ('email', 'post')),
  -- The entries of the authority's feed that it tells of.
  first_position bigint not null check (first_position >= 1),
  last_position bigint not null,
  referrals integer not null check (referrals >= 1),
  urgent integer not null check (urgent >= 0),
  state text not null check (state in ('queued', 'sent')),
  queued_at timestamptz not null,
  sent_at timestamptz,
  sent_by text,
  -- What the mail server answered, or the number of the posting.
  receipt text,
  attempt integer not null,
  next_at timestamptz,
  -- Why the last attempt failed.
  trouble text,
  escalated_at timestamptz,
  check (last_position >= first_position),
  check (num_nulls(sent_at, sent_by, receipt) in (0, 3)),
  check ((state = 'sent') = (sent_at is not null))
);
create unique index notice_queued on clearinghouse.notice (authority_id) where state = 'queued' and attempt = 0;
create index notice_due on clearinghouse.notice (next_at) where state = 'queued';

-- What an authority says of a report. The newest word counts; none is taken back.
create table clearinghouse.feedback (
  feedback_id uuid primary key,
  referral_id uuid not null references clearinghouse.referral,
  -- Null: all of the referral.
  report_number bigint references clearinghouse.report,
  usefulness text not null check (usefulness in ('actionable', 'not-actionable')),
  outcome text not null check (outcome in (
    'child-safeguarded', 'child-identified', 'suspect-identified', 'investigation-open', 'prosecution', 'conviction',
    'already-known', 'handed-to-another-authority', 'insufficient-information', 'no-offence-here',
    'not-abuse-material')),
  ordinal bigint generated always as identity unique,
  given_at timestamptz not null
);
create index feedback_of_referral on clearinghouse.feedback (referral_id, ordinal desc);

-- One internal record for each request across borders (protocols.md §6.3); its documents are views of it.
create table clearinghouse.request (
  request_id uuid primary key,
  kind text not null check (kind in ('preservation', 'budapest-29', 'mla', 'epoc', 'epoc-pr')),
  record jsonb not null,
  -- Of the record's RFC 8785 text.
  record_sha256 text not null check (record_sha256 ~ '^[0-9a-f]{64}$'),
  report_number bigint references clearinghouse.report,
  -- The preservation that comes first.
  preserved_by uuid references clearinghouse.request,
  -- The request that this one renews.
  renews uuid unique references clearinghouse.request,
  state text not null check (state in ('draft', 'sent', 'answered', 'refused', 'withdrawn', 'expired')),
  made_at timestamptz not null,
  made_by text not null,
  sent_at timestamptz,
  sent_by text,
  -- How it was sent: a file number, a tracking number.
  receipt text,
  settled_at timestamptz,
  settled_by text,
  note text,
  check (num_nulls(sent_at, sent_by, receipt) in (0, 3)),
  check (num_nulls(settled_at, settled_by) in (0, 2))
);
create index request_by_time on clearinghouse.request (made_at desc, request_id desc);
create index request_of_report on clearinghouse.request (report_number);

create table clearinghouse.request_document (
  request_id uuid not null references clearinghouse.request,
  form text not null check (form in ('text', 'pdf')),
  language text not null check (language in ('en', 'es', 'pt-BR')),
  bytes bytea not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  primary key (request_id, form)
);

create table clearinghouse.request_deadline (
  request_id uuid not null references clearinghouse.request,
  kind text not null check (kind in ('reply', 'preservation-ends')),
  at timestamptz not null,
  -- From when on somebody is reminded.
  remind_at timestamptz not null,
  reminded_at timestamptz,
  state text not null check (state in ('running', 'met', 'passed')),
  primary key (request_id, kind),
  check (remind_at <= at)
);
create index request_deadline_running on clearinghouse.request_deadline (remind_at) where state = 'running';

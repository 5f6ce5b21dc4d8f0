-- Where a report points, how it was judged, with which others it belongs, and where it stands in the queue of analysts.

-- The country finding gets the name of what it is: a referral is one report sent to one authority (0003).
drop table clearinghouse.referral;

create table clearinghouse.location (
  report_number bigint primary key references clearinghouse.report,
  -- 'unknown' is an answer like the others: the report names no country, or none that the data knows.
  outcome text not null check (outcome in ('one-country', 'conflicting', 'unknown')),
  countries text[] not null,
  signals jsonb not null,
  -- Name, date and digest of each data set that was asked.
  sources jsonb not null,
  made_at timestamptz not null,
  check (case outcome when 'one-country' then cardinality(countries) = 1
                      when 'conflicting' then cardinality(countries) > 1
                      else cardinality(countries) = 0 end)
);
create index location_by_country on clearinghouse.location using gin (countries);

-- Policies by which reports were judged, each kept for good, so that an old score can be explained again.
create table clearinghouse.triage_policy (
  -- The policy's own number and the beginning of its digest: `1-3f9c0a6be212`.
  policy_version text primary key,
  content jsonb not null,
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  adopted_at timestamptz not null
);

-- Finished reports that nobody has judged yet; written in the transaction of /finish.
create table clearinghouse.triage_pending (
  report_number bigint primary key references clearinghouse.report,
  lane text not null check (lane in ('crisis', 'normal', 'diverted')),
  queued_at timestamptz not null
);
create index triage_pending_crisis on clearinghouse.triage_pending (report_number) where lane = 'crisis';

-- Judged reports that nobody has routed yet; written in the transaction of the judgement, drained by the routing.
create table clearinghouse.routing_pending (
  report_number bigint primary key references clearinghouse.report,
  queued_at timestamptz not null
);

-- Judgements, written once: judging again, or a person's label, adds a version.
create table clearinghouse.triage (
  report_number bigint not null references clearinghouse.report,
  version integer not null check (version >= 1),
  policy_version text not null references clearinghouse.triage_policy,
  lane text not null check (lane in ('crisis', 'normal', 'diverted')),
  label text not null check (label in ('referral', 'informational')),
  label_reason text not null,
  -- 'policy' or the pseudonym of the person who set the label.
  labelled_by text not null,
  completeness integer not null check (completeness between 0 and 100),
  priority integer not null check (priority between 0 and 100),
  facts jsonb not null,
  triaged_at timestamptz not null,
  primary key (report_number, version)
);

-- Reports that belong together, by one key each. A bundle that was dissolved keeps its members and can be restored.
create table clearinghouse.bundle (
  bundle_id uuid primary key,
  kind text not null check (kind in ('file', 'picture', 'account', 'incident')),
  key text not null,
  made_at timestamptz not null,
  dissolved_at timestamptz,
  -- A person's decision on the whole stack; null: each report has its own label.
  decided_label text check (decided_label in ('referral', 'informational')),
  decided_reason text,
  decided_by text,
  decided_at timestamptz,
  unique (kind, key),
  check (num_nulls(decided_label, decided_reason, decided_by, decided_at) in (0, 4))
);

create table clearinghouse.bundle_member (
  bundle_id uuid not null references clearinghouse.bundle,
  report_number bigint not null references clearinghouse.report,
  because jsonb not null,
  joined_at timestamptz not null,
  -- Taken out by a person; the row stays, so that the same key does not bring the report back.
  left_at timestamptz,
  primary key (bundle_id, report_number)
);
create index bundle_member_by_report on clearinghouse.bundle_member (report_number);

-- What could tie a report to others, also while it is the only one that has it. Derived from what was sent.
create table clearinghouse.bundle_key (
  kind text not null check (kind in ('file', 'picture', 'account', 'incident')),
  key text not null,
  report_number bigint not null references clearinghouse.report,
  -- What has to differ within a bundle: the report, and for pictures the file, since equal files have bundles of their own.
  variant text not null,
  because jsonb not null,
  primary key (kind, key, variant, report_number)
);
create index bundle_key_by_report on clearinghouse.bundle_key (report_number);

-- What a file looks like, once for each content. Derived from the bytes in the vault.
create table clearinghouse.picture (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  outcome text not null check (outcome in ('picture', 'not-a-picture', 'refused')),
  -- 256 bits; null unless it is a picture that is not featureless.
  pdq bytea check (length(pdq) = 32),
  -- The picture that stands for all that look like it; itself, where it was the first.
  seed text references clearinghouse.picture,
  ordinal bigint generated always as identity unique
);
create index picture_seed on clearinghouse.picture (ordinal) where seed = sha256;
create index picture_by_seed on clearinghouse.picture (seed);

-- Files that nobody has looked at yet; written in the transaction of /finish.
create table clearinghouse.picture_pending (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  attempts integer not null default 0
);

-- The queue of analysts: one row a report, or one row a bundle that stands for its reports. Derived; can be made anew.
create table clearinghouse.queue_item (
  -- `report/1000001` or `bundle/UUID`.
  item text primary key,
  report_number bigint unique references clearinghouse.report,
  bundle_id uuid unique references clearinghouse.bundle,
  lane text not null check (lane in ('crisis', 'normal', 'diverted')),
  priority integer not null,
  completeness integer not null,
  label text not null check (label in ('referral', 'informational')),
  state text not null check (state in ('waiting', 'decided')),
  countries text[] not null,
  reports integer not null check (reports >= 1),
  since timestamptz not null,
  changed_at timestamptz not null,
  -- The order of the queue: what may not wait, then the higher priority, then the older.
  turn integer not null generated always as (case lane when 'crisis' then 0 else 1 end) stored,
  urgency integer not null generated always as (-priority) stored,
  check (num_nulls(report_number, bundle_id) = 1)
);
create index queue_item_order on clearinghouse.queue_item (turn, urgency, since, item);
create index queue_item_by_country on clearinghouse.queue_item using gin (countries);

-- Which item shows a report, and by which version of its judgement. Derived.
create table clearinghouse.placement (
  report_number bigint primary key references clearinghouse.report,
  version integer not null,
  item text not null,
  -- Of the item, where it is a bundle.
  bundle_id uuid references clearinghouse.bundle
);
create index placement_by_item on clearinghouse.placement (item);

-- How every judged report stands now. A person's label on the report goes before one on the bundle that shows it, and
-- that before the policy's; what may not wait is in no bundle.
create view clearinghouse.standing as
select placement.report_number, placement.version, placement.item, placement.bundle_id,
       triage.policy_version, triage.lane, triage.completeness, triage.priority, triage.triaged_at,
       case when by.origin = 'bundle' then bundle.decided_label else triage.label end as label,
       case when by.origin = 'bundle' then bundle.decided_reason else triage.label_reason end as label_reason,
       case when by.origin = 'bundle' then bundle.decided_by else triage.labelled_by end as labelled_by,
       by.origin as label_origin
  from clearinghouse.placement
  join clearinghouse.triage using (report_number, version)
  left join clearinghouse.bundle on bundle.bundle_id = placement.bundle_id
 cross join lateral (select case when triage.labelled_by <> 'policy' then 'person'
                                 when bundle.decided_label is not null then 'bundle'
                                 else 'policy' end as origin) as by;

-- Who is at work on an item.
create table clearinghouse.claim (
  item text primary key,
  claimed_by text not null,
  claimed_at timestamptz not null
);

-- What somebody has looked at, so that the rest is marked as unread for them.
create table clearinghouse.read_mark (
  person text not null,
  item text not null,
  read_at timestamptz not null,
  primary key (person, item)
);

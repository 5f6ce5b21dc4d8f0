-- Clearinghouses whose feeds are pulled, how far, and which reports came that way.

create table investigator.feed (
  feed_id uuid primary key,
  base_url text collate "C" not null,
  authority text collate "C" not null,
  -- Entries up to here were dealt with.
  position bigint not null check (position >= 0),
  pulled_at timestamptz not null,
  unique (base_url, authority)
);

create table investigator.pulled_report (
  feed_id uuid not null references investigator.feed,
  referral_id uuid not null,
  report_number text collate "C" not null,
  report_id uuid not null references investigator.report,
  label text collate "C" not null check (label in ('referral', 'informational')),
  lane text collate "C" not null check (lane in ('crisis', 'normal', 'diverted')),
  pulled_at timestamptz not null,
  -- The clearinghouse has withdrawn it: a person decides what follows.
  withdrawn_at timestamptz,
  primary key (feed_id, referral_id, report_number)
);
create index pulled_report_by_report on investigator.pulled_report (report_id);

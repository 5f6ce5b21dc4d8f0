-- Feeds are read by the node itself: when each was asked last, what came of it, and what came and could not be read.

alter table investigator.feed
  -- Null: it was never asked. Of a fetch that ended, whatever came of it.
  alter column pulled_at drop not null,
  -- Null: it never was read to its end.
  add column fetched_at timestamptz,
  -- Fetches that ended: part of the id of the workflow that does the next.
  add column turn bigint not null default 0 check (turn >= 0),
  -- Fetches in a row that did not come to the end, and why the last of them did not.
  add column failures integer not null default 0 check (failures >= 0),
  add column fault text collate "C",
  add column fault_message text,
  add check ((failures = 0) = (fault is null)),
  add check ((fault is null) = (fault_message is null));
update investigator.feed set fetched_at = pulled_at;

-- The feed goes on after them, and the clearinghouse is not told that they arrived.
create table investigator.unread_report (
  feed_id uuid not null references investigator.feed,
  referral_id uuid not null,
  report_number text collate "C" not null,
  message text not null,
  tried_at timestamptz not null,
  primary key (feed_id, referral_id, report_number)
);

-- A log goes on from one ingest to the next: what was open at the end of one is carried into the one that begins where it
-- ended, and the days it touches are written anew.
alter table provider.ingest
  add column covers_from bigint,
  add column covers_to bigint check (covers_to >= covers_from),
  -- The ingest this one goes on from; each has one successor.
  add column follows text unique references provider.ingest;
create index ingest_by_end on provider.ingest (exporter, covers_to);

-- Superseded segments answer nothing new; they are kept until their retention ends, so that answers are made again.
alter table provider.segment
  add column superseded_by text references provider.ingest;

-- The order of work weighs words by what a check costs: hints come in two portions, and a run counts what it spent.
alter table investigator.recovery_run
  -- Running sum: checks times what one costs a processor, by the locks' key derivations.
  add column cost_ms double precision not null default 0;

alter table investigator.recovery_lock
  drop constraint recovery_lock_hints_check,
  add constraint recovery_lock_hints_check check (hints in ('waiting', 'begun', 'done')),
  -- Words of the first portion; empty again when all words up to `hinted_to` were considered.
  add column hinted bigint[] not null default '{}';

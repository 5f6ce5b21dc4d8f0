-- A role that may append says what happened and not when it was written: with a transaction identifier from long ago an
-- event would never be looked at again by a sequencer that runs.
create or replace procedure ledger.admit_append_only(role_name name) language plpgsql as $$
declare
  tables constant text[] := (
    select array_agg(relname order by relname)
      from pg_trigger join pg_class on pg_class.oid = tgrelid
     where tgname = 'only_grows' and relnamespace = 'ledger'::regnamespace
  );
  name text;
begin
  execute format('grant usage on schema ledger to %I', role_name);
  foreach name in array tables loop
    execute format('revoke all on ledger.%I from %I', name, role_name);
    execute format('grant select, insert%s on ledger.%I to %I',
                   case name when 'event' then ' (id, entry)' else '' end, name, role_name);
  end loop;
end $$;

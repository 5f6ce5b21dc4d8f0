-- What witnesses said of our heads.

-- Signatures of witnesses on checkpoints (C2SP tlog-cosignature), each verified before it was stored.
create table ledger.cosignature (
  size bigint not null check (size > 0),
  -- Name and identifier of the witness's key, as in its signature line.
  witness text collate "C" not null,
  key_id bytea not null check (octet_length(key_id) = 4),
  -- The signature line with its newline: appended to the checkpoint's note it makes a cosigned checkpoint.
  line text not null,
  -- What the witness says of when it signed; it is under its signature.
  at timestamptz not null,
  primary key (size, witness, key_id)
);
create index cosignature_by_witness on ledger.cosignature (witness, key_id, size);

-- A witness holds another history of this log than we do. Nothing is sent to that witness any more.
create table ledger.fork_alarm (
  witness text collate "C" not null,
  key_id bytea not null check (octet_length(key_id) = 4),
  -- The head that we sent, as it was signed.
  size bigint not null,
  note text not null,
  why text collate "C" not null check (why in ('witness-has-more', 'proof-refused')),
  -- The size that the witness says it has signed, where it said one.
  witness_size numeric,
  at timestamptz not null,
  primary key (witness, key_id)
);

create trigger only_grows before update or delete or truncate on ledger.cosignature
  for each statement execute function ledger.refuse_change();
create trigger only_grows before update or delete or truncate on ledger.fork_alarm
  for each statement execute function ledger.refuse_change();

-- Every table of the schema that only grows, whatever it is called.
create or replace procedure ledger.admit_append_only(role_name name) language plpgsql as $$
declare
  tables constant text := (
    select string_agg(format('ledger.%I', relname), ', ' order by relname)
      from pg_trigger join pg_class on pg_class.oid = tgrelid
     where tgname = 'only_grows' and relnamespace = 'ledger'::regnamespace
  );
begin
  execute format('grant usage on schema ledger to %I', role_name);
  execute format('revoke all on %s from %I', tables, role_name);
  execute format('grant select, insert on %s to %I', tables, role_name);
end $$;

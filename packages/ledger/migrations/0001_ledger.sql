-- The ledger: what was done, in an order nobody can change unseen.
--
-- Rows are only ever inserted. There are no foreign keys: rows that belong together are written by one statement, and
-- what somebody takes out later is found by `tutela ledger check`, not prevented by a constraint they could drop.

-- What an act said of itself, written in the act's own transaction. Pending until a leaf names it.
create table ledger.event (
  id uuid primary key,
  -- Order of writing; not dense, and not the order of commits: hints only. The order that counts is ledger.leaf.index.
  seq bigint generated always as identity,
  -- Lets the sequencer look at what may have been committed since it last looked, and at nothing else.
  txid xid8 not null default pg_current_xact_id(),
  -- RFC 8785 text of the entry, without its place in the case, for which there is room up to 65,535 bytes.
  entry text not null check (octet_length(entry) <= 65000)
);
create index event_by_txid on ledger.event (txid);

-- Key and payload of an entry's commitment. Once it is destroyed the entry says nothing more, and the log stays valid.
create table ledger.opening (
  event_id uuid primary key,
  key bytea not null check (octet_length(key) = 32),
  -- RFC 8785 text of {"effects": [...], "payload": {...}}.
  payload text not null
);

-- Which rows of domain tables an event wrote or removed; their digests stand in the payload.
create table ledger.effect (
  event_id uuid not null,
  ord int not null check (ord >= 0),
  table_name text collate "C" not null,
  -- jsonb text of the key, such as {"id": "…"}.
  row_key text collate "C" not null,
  kind text collate "C" not null check (kind in ('written', 'gone')),
  primary key (event_id, ord)
);
create index effect_by_row on ledger.effect (table_name, row_key);

-- The log: RFC 6962 leaves, dense from 0.
create table ledger.leaf (
  index bigint primary key check (index >= 0),
  event_id uuid not null unique,
  hash bytea not null check (octet_length(hash) = 32),
  case_ref text collate "C",
  case_seq bigint check (case_seq >= 1),
  case_prev bytea check (octet_length(case_prev) = 32),
  check ((case_ref is null) = (case_seq is null)),
  check ((case_prev is null) = (coalesce(case_seq, 1) = 1))
);
create unique index leaf_by_case on ledger.leaf (case_ref, case_seq) where case_ref is not null;

-- Roots of the complete subtrees of 256^level leaves: what C2SP tlog-tiles calls the hashes of a tile at that level.
create table ledger.subtree (
  level smallint not null check (level >= 1),
  index bigint not null check (index >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);

-- Signed heads (C2SP tlog-checkpoint).
create table ledger.checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  at timestamptz not null
);

-- A trigger that raises, never a rule: a rule turns the statement into one that changes nothing and says so to nobody.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'ledger.% only grows: % refused', tg_table_name, lower(tg_op) using errcode = '42501';
end $$;

create trigger only_grows before update or delete or truncate on ledger.event
  for each statement execute function ledger.refuse_change();
create trigger only_grows before update or delete or truncate on ledger.opening
  for each statement execute function ledger.refuse_change();
create trigger only_grows before update or delete or truncate on ledger.effect
  for each statement execute function ledger.refuse_change();
create trigger only_grows before update or delete or truncate on ledger.leaf
  for each statement execute function ledger.refuse_change();
create trigger only_grows before update or delete or truncate on ledger.subtree
  for each statement execute function ledger.refuse_change();
create trigger only_grows before update or delete or truncate on ledger.checkpoint
  for each statement execute function ledger.refuse_change();

create function ledger.refuse_smaller_head() returns trigger language plpgsql as $$
begin
  if exists (select from ledger.checkpoint where size >= new.size) then
    raise exception 'a head of % leaves is not larger than the last one', new.size using errcode = '42501';
  end if;
  return new;
end $$;

create trigger heads_grow before insert on ledger.checkpoint
  for each row execute function ledger.refuse_smaller_head();

-- For servers where the application is not the owner: it may add and read, and nothing else.
create procedure ledger.admit_append_only(role_name name) language plpgsql as $$
declare
  tables constant text :=
    'ledger.event, ledger.opening, ledger.effect, ledger.leaf, ledger.subtree, ledger.checkpoint';
begin
  execute format('grant usage on schema ledger to %I', role_name);
  execute format('revoke all on %s from %I', tables, role_name);
  execute format('grant select, insert on %s to %I', tables, role_name);
end $$;

create function ledger.relation_named(target text) returns regclass language plpgsql stable as $$
declare
  relation regclass;
begin
  if target !~ '^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$' then
    raise exception '% is not a table written as schema.table', target using errcode = '42602';
  end if;
  relation := to_regclass(target);
  if relation is null then
    raise exception 'there is no table %', target using errcode = '42P01';
  end if;
  return relation;
end $$;

-- Digests of rows over named columns: SHA-256 of the UTF-8 text of a jsonb object of them, null where there is no row,
-- 'several' where the key is not that of one row.
-- `row_keys` is an array of objects with the same members. The settings make the text the same in every session.
create function ledger.row_digests(target text, row_keys jsonb, columns text[])
returns table (ord int, row_key text, digest text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set bytea_output = 'hex'
set extra_float_digits = 1
set lc_monetary = 'C'
as $$
declare
  relation constant regclass := ledger.relation_named(target);
  typed_key text;
  key_object text;
  key_equal text;
  key_given text;
  row_object text;
begin
  select string_agg(format('(given.key ->> %L)::%s as %I', name, format_type(atttypid, atttypmod), name), ', '),
         string_agg(format('%L, wanted.%I', name, name), ', '),
         string_agg(format('there.%I = wanted.%I', name, name), ' and '),
         string_agg(format('there.%I is not null', name), ' and ')
    into typed_key, key_object, key_equal, key_given
    from jsonb_object_keys(row_keys -> 0) as name
    join pg_attribute on attrelid = relation and attname = name and attnum > 0 and not attisdropped
  having count(*) = (select count(*) from jsonb_object_keys(row_keys -> 0));
  if typed_key is null then
    raise exception '% has no such key: %', target, row_keys -> 0 using errcode = '42703';
  end if;
  select coalesce(string_agg(format('%L, there.%I', name, name), ', '), '')
    into row_object
    from unnest(columns) as name;
  return query execute format(
    $query$
      select wanted.ord::int,
             jsonb_build_object(%1$s)::text,
             case count(*) filter (where %2$s)
               when 0 then null
               when 1 then min(encode(sha256(convert_to(jsonb_build_object(%3$s)::text, 'UTF8')), 'hex'))
               else 'several'
             end
        from (select given.ord, %4$s from jsonb_array_elements($1) with ordinality as given(key, ord)) as wanted
        left join %5$s as there on %6$s
       group by 1, 2
    $query$,
    key_object, key_given, row_object, typed_key, relation, key_equal
  ) using row_keys;
end $$;

-- Keys of rows that no effect ever named, at most so many.
create function ledger.unvouched_rows(target text, key_columns text[], at_most int)
returns table (row_key text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set bytea_output = 'hex'
set extra_float_digits = 1
set lc_monetary = 'C'
as $$
declare
  relation constant regclass := ledger.relation_named(target);
  key_object text;
begin
  select string_agg(format('%L, there.%I', name, name), ', ') into key_object from unnest(key_columns) as name;
  return query execute format(
    $query$
      select found.row_key
        from (select jsonb_build_object(%s)::text collate "C" as row_key from %s as there) as found
       where not exists (
         select from ledger.effect where effect.table_name = $1 and effect.row_key = found.row_key
       )
       limit $2
    $query$,
    key_object, relation
  ) using target, at_most;
end $$;

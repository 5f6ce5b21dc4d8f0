-- Packages that were exported. A row is written in the transaction of the event `package.exported`, which vouches for it,
-- and of the use of the approval: a request gives one event and one package, however often it is tried.

create table evidence.package (
  -- SHA-256 of the approved request.
  request text collate "C" primary key check (request ~ '^[0-9a-f]{64}$'),
  package text collate "C" not null unique,
  case_ref text collate "C" not null,
  -- SHA-256 of contents.json's canonical text.
  contents text collate "C" not null check (contents ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  exported_by text not null
);

create function evidence.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'evidence.% only grows: % refused', tg_table_name, lower(tg_op) using errcode = '42501';
end $$;

create trigger only_grows before update or delete or truncate on evidence.package
  for each statement execute function evidence.refuse_change();

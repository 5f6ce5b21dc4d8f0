-- The text of a row that a digest is taken of. Which table and which columns stands in the statement itself, so that the
-- server plans it once and not at every call, as it had to while a function put it together.

-- jsonb text of the named columns; null for no row. The settings make it the same in every session.
create function ledger.row_text(given anyelement, columns text[]) returns text
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
  whole constant jsonb := to_jsonb(given);
begin
  if not whole ?& columns then
    raise exception 'a row has no such columns: %', columns using errcode = '42703';
  end if;
  return (select coalesce(jsonb_object_agg(name, whole -> name), '{}') from unnest(columns) as name);
end $$;

drop function ledger.row_digests(text, jsonb, text[]);

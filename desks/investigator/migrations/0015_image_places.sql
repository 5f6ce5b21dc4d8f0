-- Where a file of a disk image lies in it: the first sector of its volume, the address that the tools know it by, and
-- `deleted` where its name is: `2048/517`, `2048/5-128-1/deleted`. It holds no name, so it is kept where `list` is not
-- granted too. Null for what lies in no image, and for what was read before this was kept: a new pass keeps it.
alter table investigator.item
  add column image_place text collate "C" check (image_place ~ '^[0-9]+/[0-9]+(-[0-9]+){0,2}(/deleted)?$');

-- As it was, with the place where there is one: what was vouched for before still is.
create or replace function investigator.unit_digest(unit uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(' ', coalesce(parent.path_sha256, '-'), item.path_sha256, coalesce(to_json(item.path)::text, '-'),
              item.size, coalesce(item.sha256, '-'), coalesce(item.sha1, '-'), coalesce(item.md5, '-'),
              item.file_class, coalesce(item.media_type, '-'), item.state,
              coalesce(to_char(item.modified_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '-'),
              coalesce(to_json(item.account)::text, '-'), item.authority_id,
              coalesce((select string_agg(extent.length_bytes || ':' || extent.sha256, ',' order by ordinal)
                          from investigator.extent where extent.item_id = item.item_id), '-'),
              item.image_place),
    E'\n' order by parent.path_sha256 nulls first, item.path_sha256), ''), 'UTF8')), 'hex')
  from investigator.item
  left join investigator.item as parent on parent.item_id = item.parent_item_id
 where item.unit_id = unit
$$;

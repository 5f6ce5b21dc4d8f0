-- What a seized service's own records say. Rows are vouched for by the digest of their import (service_rows_digest).

-- One file of the service's records, read once and in one transaction.
create table investigator.service_import (
  import_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  item_id bigint not null references investigator.item,
  -- Of the bytes that were read: those of the item.
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  format text not null check (format in
    ('accounts-csv', 'access-log', 'abuse-mbox', 'payments-csv', 'staff-csv', 'takedowns-csv', 'shares-csv')),
  imported bigint not null check (imported >= 0),
  bad bigint not null check (bad >= 0),
  -- Not covered by an authority: counted, never kept.
  refused bigint not null check (refused >= 0),
  rows_sha256 text collate "C" not null check (rows_sha256 ~ '^[0-9a-f]{64}$'),
  imported_at timestamptz not null,
  imported_by text not null,
  unique (item_id)
);
create index service_import_by_case on investigator.service_import (case_ref);

-- Only where it stands: what it says cannot be decided on, so it is not kept.
create table investigator.service_bad_row (
  import_id uuid not null references investigator.service_import,
  line integer not null check (line >= 1),
  reason text not null,
  primary key (import_id, line)
);

create table investigator.account (
  import_id uuid not null references investigator.service_import,
  line integer not null check (line >= 1),
  case_ref text collate "C" not null,
  account text collate "C" not null,
  email text,
  registered_at timestamptz,
  registered_from inet,
  plan text,
  authority_id uuid not null,
  primary key (import_id, line)
);
create index account_by_name on investigator.account (case_ref, account);

create table investigator.access (
  import_id uuid not null references investigator.service_import,
  line integer not null check (line >= 1),
  case_ref text collate "C" not null,
  -- Null: nobody had logged in.
  account text collate "C",
  address inet not null,
  -- Null: the server wrote none, so an address shared by many names nobody (RFC 6302).
  port integer check (port between 0 and 65535),
  at timestamptz not null,
  request text not null,
  status integer not null,
  authority_id uuid not null,
  primary key (import_id, line)
);
create index access_by_account on investigator.access (case_ref, account, at);
create index access_by_address on investigator.access (case_ref, address, at);

-- What the provider of the service knew and earned.
create table investigator.service_event (
  import_id uuid not null references investigator.service_import,
  line integer not null check (line >= 1),
  case_ref text collate "C" not null,
  kind text not null
    check (kind in ('notice-received', 'notice-answered', 'staff-access', 'takedown', 'payment')),
  at timestamptz not null,
  account text collate "C",
  -- Of a notice, a payment.
  reference text,
  -- Whoever of the service did it.
  staff text,
  what text not null,
  amount numeric,
  currency text,
  authority_id uuid not null,
  primary key (import_id, line),
  check ((amount is null) = (currency is null))
);
create index service_event_by_time on investigator.service_event (case_ref, at);
create index service_event_by_account on investigator.service_event (case_ref, account);

-- A file that one account sent another, and what the other did with it.
create table investigator.share (
  import_id uuid not null references investigator.service_import,
  line integer not null check (line >= 1),
  case_ref text collate "C" not null,
  sent_at timestamptz not null,
  from_account text collate "C" not null,
  to_account text collate "C" not null,
  path text collate "C" not null,
  opened_at timestamptz,
  deleted_at timestamptz,
  reported_at timestamptz,
  authority_id uuid not null,
  primary key (import_id, line)
);
create index share_by_receiver on investigator.share (case_ref, to_account);
create index share_by_sender on investigator.share (case_ref, from_account);

-- SHA-256 of an import's rows, in the order of their lines, each as a JSON text: the same rows, the same digest.
create function investigator.service_rows_digest(import uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(line || ' ' || said, E'\n' order by line), ''), 'UTF8')), 'hex')
    from (
      select line, jsonb_build_array('account', account, email, extract(epoch from registered_at), registered_from,
                                     plan, authority_id)::text as said
        from investigator.account where import_id = import
      union all
      select line, jsonb_build_array('access', account, address, port, extract(epoch from at), request, status,
                                     authority_id)::text
        from investigator.access where import_id = import
      union all
      select line, jsonb_build_array(kind, extract(epoch from at), account, reference, staff, what, amount, currency,
                                     authority_id)::text
        from investigator.service_event where import_id = import
      union all
      select line, jsonb_build_array('share', extract(epoch from sent_at), from_account, to_account, path,
                                     extract(epoch from opened_at), extract(epoch from deleted_at),
                                     extract(epoch from reported_at), authority_id)::text
        from investigator.share where import_id = import
      union all
      select line, jsonb_build_array('bad', reason)::text
        from investigator.service_bad_row where import_id = import
    ) as rows
$$;

-- Authorities of a case that are in force now: what was derived under others is hidden.
create function investigator.visible_authorities(asked_case text) returns uuid[] language sql stable as $$
  select array(select distinct authority_id from policy.authority_version
                where case_ref = asked_case and policy.visible(authority_id))
$$;

-- One comparison of a case's files with a list of known digests.
create table investigator.known_run (
  run_id uuid primary key,
  case_ref text collate "C" not null references investigator.case,
  list_name text not null,
  list_sha256 text collate "C" not null check (list_sha256 ~ '^[0-9a-f]{64}$'),
  entries bigint not null,
  -- Files that were compared, and those that `match` does not cover.
  compared bigint not null,
  refused bigint not null,
  matched bigint not null,
  matches_sha256 text collate "C" not null check (matches_sha256 ~ '^[0-9a-f]{64}$'),
  ran_at timestamptz not null,
  ran_by text not null
);
create index known_run_by_case on investigator.known_run (case_ref, ran_at desc);

create table investigator.known_match (
  run_id uuid not null references investigator.known_run,
  item_id bigint not null references investigator.item,
  -- By the strongest digest that the list has.
  by_digest text not null check (by_digest in ('sha256', 'sha1', 'md5')),
  authority_id uuid not null,
  primary key (run_id, item_id)
);
create index known_match_by_item on investigator.known_match (item_id);

create function investigator.known_matches_digest(run uuid) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', item_id, by_digest, authority_id), E'\n'
                                                      order by item_id), ''), 'UTF8')), 'hex')
    from investigator.known_match where run_id = run
$$;

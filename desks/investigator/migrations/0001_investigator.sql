-- Reports as police receive them. Every row is written once, in the transaction of an import.

-- A document as it was delivered, byte for byte, under its digest: the same document is the same report.
create table investigator.report (
  report_id uuid primary key,
  document_sha256 text not null unique check (document_sha256 ~ '^[0-9a-f]{64}$'),
  document bytea not null,
  -- The clearinghouse's number; a report that it delivers again, changed, is another document under the same number.
  report_number text not null,
  esp_name text,
  incident_type text,
  -- When the clearinghouse received it, and when the incident was: often the moment of detection, not of the act.
  received_at timestamptz,
  incident_at timestamptz,
  -- What else the document says, and what in it could not be read as it stands.
  content jsonb not null,
  imported_at timestamptz not null,
  order_in_desk bigint generated always as identity
);
create index report_by_number on investigator.report (report_number);
create unique index report_by_order on investigator.report (order_in_desk desc);

-- Each file that brought something: a document, or further objects for one that was here.
create table investigator.delivery (
  delivery_id uuid primary key,
  report_id uuid not null references investigator.report,
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('json', 'zip')),
  name text not null,
  size bigint not null check (size >= 0),
  -- Every entry of a ZIP by its name, and what became of it; 'cut' by a limit, or 'damaged' from some entry on.
  listing text not null check (listing in ('whole', 'cut', 'damaged')),
  entries jsonb not null,
  imported_at timestamptz not null
);
create index delivery_by_report on investigator.delivery (report_id);

create table investigator.person (
  report_id uuid not null references investigator.report,
  ordinal integer not null check (ordinal >= 1),
  role text not null check (role in ('reported', 'intended-recipient')),
  screen_name text,
  esp_user_id text,
  content jsonb not null,
  primary key (report_id, ordinal)
);

create table investigator.file (
  file_id uuid primary key,
  report_id uuid not null references investigator.report,
  ordinal integer not null check (ordinal >= 1),
  name text,
  original_name text,
  stated_hash text,
  -- Null: not stated, which is not the same as not viewed.
  viewed_by_esp boolean,
  -- When it was uploaded to the provider, where the report says so.
  uploaded_at timestamptz,
  content jsonb not null,
  unique (report_id, ordinal)
);

-- The bytes of a file, in the desk's own vault. Another delivery may bring other bytes under the same name.
create table investigator.object (
  file_id uuid not null references investigator.file,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  md5 text not null check (md5 ~ '^[0-9a-f]{32}$'),
  size bigint not null check (size >= 0),
  comparison text not null check (comparison in ('verified', 'differs', 'not-stated')),
  entry_name text not null,
  delivery_id uuid not null references investigator.delivery,
  primary key (file_id, sha256)
);

-- Addresses and pages as the provider recorded them, of a person, a file or an incident.
create table investigator.source_capture (
  report_id uuid not null references investigator.report,
  ordinal integer not null check (ordinal >= 1),
  owner text not null check (owner in ('person', 'file', 'incident')),
  owner_ordinal integer not null check (owner_ordinal >= 1),
  type text,
  value text,
  port integer check (port between 0 and 65535),
  captured_at timestamptz,
  stated_at text,
  event text,
  others jsonb not null,
  primary key (report_id, ordinal)
);
create index source_capture_by_value on investigator.source_capture (value) where type = 'IP Address';

-- Reports of addresses: by citizens on the public form, and by partner hotlines.

-- With what a citizen asks later. The code itself is known to them alone, and nothing of who they are is kept.
create table clearinghouse.public_receipt (
  report_number bigint primary key references clearinghouse.report,
  code_sha256 bytea not null unique check (length(code_sha256) = 32),
  received_at timestamptz not null
);

-- A hotline that sends the same report again gets the number that it got.
create table clearinghouse.partner_reference (
  reporter_id uuid not null references clearinghouse.reporter,
  reference text not null,
  report_number bigint not null unique references clearinghouse.report,
  -- Of what was sent, so that another report under the same reference is refused.
  content_sha256 bytea not null check (length(content_sha256) = 32),
  primary key (reporter_id, reference)
);

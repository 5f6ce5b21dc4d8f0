-- That somebody posted the letter of an order: on which day, by which way, under which number. The program posts nothing.
create table investigator.order_posting (
  order_id uuid primary key references investigator.provider_order,
  case_ref text collate "C" not null,
  -- A day of the calendar where it was posted.
  posted_on text collate "C" not null check (posted_on ~ '^\d{4}-\d\d-\d\d$'),
  way text not null check (way in ('registered-post', 'post', 'courier', 'by-hand', 'email')),
  receipt text not null check (length(receipt) between 1 and 500),
  noted_at timestamptz not null,
  noted_by text not null
);

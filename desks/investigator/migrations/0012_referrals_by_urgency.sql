-- Crises before children's cases before the rest (by name), in each lane the one that waits longest first.
create index pulled_report_by_urgency
  on investigator.pulled_report (lane, pulled_at, feed_id, referral_id, report_number);

-- How urgent each referral is: as its reports are judged now, the most urgent of them for all. Derived; can be made anew.

alter table clearinghouse.referral
  add column urgency_lane text check (urgency_lane in ('crisis', 'normal', 'diverted')),
  add column priority integer,
  -- When the first of its reports came.
  add column since timestamptz,
  -- Whose judgement this is.
  add column lead_report bigint references clearinghouse.report;

update clearinghouse.referral
   set urgency_lane = known.lane, priority = known.priority, since = known.since, lead_report = known.lead_report
  from (select distinct on (member.referral_id) member.referral_id, judged.lane, judged.priority,
               min(report.ended_at) over (partition by member.referral_id) as since, member.report_number as lead_report
          from clearinghouse.referral_member as member
          join clearinghouse.report using (report_number)
         cross join lateral (select lane, priority from clearinghouse.triage
                              where triage.report_number = member.report_number order by version desc limit 1) as judged
         order by member.referral_id, judged.lane <> 'crisis', judged.priority desc, report.ended_at,
                  member.report_number) as known
 where known.referral_id = referral.referral_id;

alter table clearinghouse.referral
  alter column urgency_lane set not null,
  alter column priority set not null,
  alter column since set not null,
  alter column lead_report set not null,
  -- As in the queue of analysts: what may not wait, then the higher priority, then the older.
  add column turn integer not null generated always as (case urgency_lane when 'crisis' then 0 else 1 end) stored,
  add column urgency integer not null generated always as (-priority) stored;

create index referral_by_urgency on clearinghouse.referral (turn, urgency, since, referral_id);
create index referral_open_by_urgency on clearinghouse.referral (turn, urgency, since, referral_id)
  where state in ('available', 'downloaded');
create index referral_of_authority_by_urgency
  on clearinghouse.referral (authority_id, turn, urgency, since, referral_id);

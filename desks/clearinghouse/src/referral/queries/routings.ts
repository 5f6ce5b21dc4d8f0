import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { AuthorityId, Label, Lane, ReferralId, RoutingTable } from '../schema.js';

export interface RoutingRow {
  readonly report_number: ReportNumber;
  readonly country: string;
  readonly outcome: RoutingTable['outcome'];
  readonly reason: string | null;
  readonly authority_id: AuthorityId | null;
  readonly lane: Lane;
  readonly label: Label;
  readonly routed_at: UtcInstant;
}

const columns = sql`report_number::text, country, outcome, reason, authority_id, lane, label, routed_at`;

/** Where one report went. */
export const routingsOf = async (db: Db, reportNumber: ReportNumber): Promise<readonly RoutingRow[]> => {
  const { rows } = await sql<RoutingRow>`
    select ${columns} from clearinghouse.routing where report_number = ${reportNumber}::bigint order by country`.execute(
    db,
  );
  return rows;
};

/** What went nowhere: the re-check list. Newest first. */
export const openRoutings = async (
  db: Db,
  page: {
    readonly before?: ReportNumber;
    readonly limit: number;
    readonly country?: string;
    readonly outcome?: 'unroutable' | 'held';
    readonly reason?: string;
  },
): Promise<readonly RoutingRow[]> => {
  const { rows } = await sql<RoutingRow>`
    select ${columns} from clearinghouse.routing
     where outcome <> 'referred'
       and (${page.before ?? null}::bigint is null or report_number < ${page.before ?? null}::bigint)
       and (${page.country ?? null}::text is null or country = ${page.country ?? null})
       and (${page.outcome ?? null}::text is null or outcome = ${page.outcome ?? null})
       and (${page.reason ?? null}::text is null or reason = ${page.reason ?? null})
     order by report_number desc, country limit ${page.limit}`.execute(db);
  return rows;
};

export interface CountryCount {
  readonly country: string;
  readonly reports: number;
  readonly referred: number;
  readonly informational: number;
  readonly held: number;
  readonly unroutable: number;
}

/** Reports by country; one that points at several counts for each, and `ZZ` is none. */
export const countByCountry = async (db: Db): Promise<readonly CountryCount[]> => {
  const { rows } = await sql<CountryCount>`
    select country, count(*)::int as reports,
           count(*) filter (where outcome = 'referred')::int as referred,
           count(*) filter (where label = 'informational')::int as informational,
           count(*) filter (where outcome = 'held')::int as held,
           count(*) filter (where outcome = 'unroutable')::int as unroutable
      from clearinghouse.routing group by 1 order by 2 desc, 1`.execute(db);
  return rows;
};

/** Referrals that an authority has had for a while and not taken over, the oldest first. */
export const awaitingReply = async (
  db: Db,
  {
    madeBefore,
    urgentBefore,
    limit,
  }: {
    readonly madeBefore: UtcInstant;
    readonly urgentBefore: UtcInstant;
    readonly limit: number;
  },
) => {
  const { rows } = await sql<{
    readonly referral_id: ReferralId;
    readonly authority_id: AuthorityId;
    readonly country: string;
    readonly lane: Lane;
    readonly state: 'available' | 'downloaded';
    readonly reports: number;
    readonly made_at: UtcInstant;
  }>`
    select referral_id, authority_id, country, lane, state, reports, made_at from clearinghouse.referral
     where state in ('available', 'downloaded')
       and (made_at <= ${madeBefore} or (lane = 'crisis' and made_at <= ${urgentBefore}))
     order by (lane = 'crisis') desc, made_at limit ${limit}`.execute(db);
  return rows;
};

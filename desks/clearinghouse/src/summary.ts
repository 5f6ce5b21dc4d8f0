import type { JsonObject } from '@tutela/core';
import type { Db } from '@tutela/db';
import { listReports } from './queries/listing.js';
import { countLocations, countReports } from './queries/summary.js';

/** The desk at a glance, for a page. */
export const summarise = async (db: Db): Promise<JsonObject> => {
  const [reports, locations, latest] = await Promise.all([
    countReports(db),
    countLocations(db),
    listReports(db, { limit: 10 }),
  ]);
  const none = { open: 0, finished: 0, retracted: 0, expired: 0 };
  return {
    reports: { ...none, ...Object.fromEntries(reports.map(({ state, count }) => [state, count])) },
    countries: locations.map(({ country, count }) => ({ country, reports: count })),
    latest: latest.map((report) => ({
      number: report.report_number,
      state: report.state,
      reporter: report.organisation,
      files: report.files,
      countries: [...(report.countries ?? [])],
      openedAt: report.opened_at,
      endedAt: report.ended_at,
    })),
  };
};

import type { JsonObject } from '@tutela/core';
import type { Db } from '@tutela/db';
import { listReports } from './queries/listing.js';
import { countAll } from './queries/summary.js';

/** The desk at a glance, for a page. */
export const summarise = async (db: Db): Promise<JsonObject> => {
  const [{ reports, ...files }, latest] = await Promise.all([countAll(db), listReports(db, { limit: 10 })]);
  return {
    reports,
    files: { ...files },
    latest: latest.map((report) => ({
      number: report.report_number,
      provider: report.esp_name,
      incident: report.incident_type,
      persons: report.persons,
      files: report.files,
      receivedAt: report.received_at,
      importedAt: report.imported_at,
    })),
  };
};

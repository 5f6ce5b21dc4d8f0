import type { ReportStatementBody } from '../../api/order.js';
import type { ReportStatement } from '../../orders/observed-in-report.js';

/** What was stated at the page. Reports of the form write times to twenty-four hours, with their zone. */
export const readStatement = ({ protocol, clockError, documentation }: ReportStatementBody): ReportStatement => ({
  proto: protocol,
  clockErrorSeconds: clockError,
  settings: { documentation, hours: 24, abbreviations: {} },
});

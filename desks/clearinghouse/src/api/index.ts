import type { Static } from 'typebox';
import type { noticeBody } from '../referral/routes/notices.js';
import type { gateAnswer, openingAnswer, openingBody } from '../routes/file-looks.js';
import type { locationBody } from '../routes/locations.js';
import type { reportSummary } from '../routes/reports.js';

/** What routes answer, as types: for `import type`. Each schema stands with its route. */
export type LocationBody = Static<typeof locationBody>;
export type ReportSummaryBody = Static<typeof reportSummary>;
export type OpeningBody = Static<typeof openingBody>;
export type OpeningAnswer = Static<typeof openingAnswer>;
export type GateAnswer = Static<typeof gateAnswer>;
export type NoticeBody = Static<typeof noticeBody>;

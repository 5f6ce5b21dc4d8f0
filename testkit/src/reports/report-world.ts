import { delegatedStatistics } from '../seizure/address-plan.js';
import {
  type PlannedReport,
  planReports,
  type ReportWorldSize,
  reporters,
  viralPictures,
  worldProviders,
} from './plan.js';
import { type PictureContent, reportPictures } from './report-pictures.js';
import { judgementOf, type ReportKind, type ReportTruth } from './truth.js';
import { type FiledReport, writeMadeReport } from './write-report.js';

export interface MadeReport {
  /** 0 to 11: which of `reporters` files it. */
  readonly reporter: number;
  readonly truth: ReportTruth;
  /** Made when it is asked for, since all of them together are large. */
  readonly filed: () => FiledReport;
}

/** Synthetic reports of a year, with what is true of each. */
export interface ReportWorld {
  readonly reporters: readonly { readonly username: string; readonly organisation: string }[];
  readonly reports: readonly MadeReport[];
  /** Delegated statistics of the made addresses (`readRangeData`). */
  readonly ranges: string;
}

/**
 * A world of reports in the country mix of the seizure of 2015: harmless pictures, addresses of RFC 2544 and RFC 3849, and
 * services that do not exist. The same size and seed make the same world, byte by byte.
 */
export const makeReportWorld = async (size: ReportWorldSize): Promise<ReportWorld> => {
  const plans = planReports(size);
  const pages = new Set(plans.flatMap(({ kind, common }) => (kind === 'told-again' ? [common] : []))).size;
  const viral = viralPictures(size);
  const usual = Math.max(20, Math.ceil(size.reports / 20));
  const from = size.seed * 1000;
  const pools = {
    viral: await reportPictures(seedsFrom(from, viral), 4),
    usual: await reportPictures(seedsFrom(from + viral, usual), 2),
    pages: await reportPictures(seedsFrom(from + viral + usual, pages), 1),
  };
  return {
    reporters: Array.from({ length: reporters }, (_, at) => ({
      username: `synthetic-${at}`,
      organisation: `Synthetic Service ${at}`,
    })),
    reports: plans.map((plan) => madeOf(plan, picturesOf(plan, pools))),
    ranges: delegatedStatistics(worldProviders(), { registry: 'synthetic', wrong: new Map() }),
  };
};

const seedsFrom = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => from + at);

type Pool = readonly (readonly PictureContent[])[];

const withoutFile = new Set<ReportKind>(['plan-to-meet', 'nothing-to-see']);

const picturesOf = (
  { place, kind, common }: PlannedReport,
  pools: { readonly viral: Pool; readonly usual: Pool; readonly pages: Pool },
): readonly PictureContent[] => {
  if (withoutFile.has(kind)) return [];
  const pool = kind === 'told-again' ? pools.pages : kind.endsWith('viral') ? pools.viral : pools.usual;
  // Which of the usual ones: far apart for neighbours, each about as often as the others.
  const at = pool === pools.usual ? (place * 7919) % pool.length : common;
  const contents = pool[at];
  const content = contents?.[place % contents.length];
  if (content === undefined) throw new RangeError(`the world has no picture for report ${place}`);
  return [content];
};

const madeOf = (plan: PlannedReport, pictures: readonly PictureContent[]): MadeReport => {
  const { place, kind, reporter, user, common } = plan;
  const key = `synthetic/${place}`;
  const hasAccount = kind !== 'nobody-named' && kind !== 'recipient-only';
  const truth: ReportTruth = {
    key,
    kind,
    countries: countriesOf(plan),
    ...judgementOf[kind],
    ...(hasAccount && { account: `${reporter}/${user.account}` }),
    ...(kind === 'told-again' && { page: String(common) }),
    pictures: pictures.map(({ picture, content }) => ({ picture, content })),
  };
  return { reporter, truth, filed: () => writeMadeReport(plan, { key, pictures }) };
};

const pointingNowhere = new Set<ReportKind>([
  'nobody-named',
  'nowhere',
  'recipient-only',
  'behind-a-proxy',
  'address-of-nobody',
]);

const countriesOf = ({ kind, user, other }: PlannedReport): readonly string[] => {
  if (pointingNowhere.has(kind)) return [];
  return kind === 'two-countries' ? [user.country, other.country].toSorted() : [user.country];
};

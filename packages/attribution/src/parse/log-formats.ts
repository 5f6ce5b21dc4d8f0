import { a10Cef } from './formats/a10-cef.js';
import { ciscoIosXe } from './formats/cisco-ios-xe.js';
import { ciscoIosXr } from './formats/cisco-ios-xr.js';
import { freeRadiusDetail } from './formats/freeradius-detail.js';
import { iscLeases } from './formats/isc-leases.js';
import { iscSyslog } from './formats/isc-syslog.js';
import { junosMsMpc } from './formats/junos-ms-mpc.js';
import { junosSpc3 } from './formats/junos-spc3.js';
import { keaCsv } from './formats/kea-csv.js';
import { keaForensic } from './formats/kea-forensic.js';
import { nfdumpCsv } from './formats/nfdump-csv.js';
import { nfdumpNdjson } from './formats/nfdump-ndjson.js';
import { radacctCsv } from './formats/radacct-csv.js';
import { routerOs } from './formats/routeros.js';
import type { LogFormat } from './line-reader.js';

/** Every format that needs no pattern file, by its name. */
export const logFormats: ReadonlyMap<string, LogFormat> = new Map(
  [
    ciscoIosXe,
    ciscoIosXr,
    junosSpc3,
    junosMsMpc,
    routerOs,
    a10Cef,
    nfdumpNdjson,
    nfdumpCsv,
    freeRadiusDetail,
    radacctCsv,
    iscLeases,
    iscSyslog,
    keaCsv,
    keaForensic,
  ].map((format) => [format.name, format]),
);

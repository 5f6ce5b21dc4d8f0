import type { StatedMoment } from './members.js';
import type { ReadingNote } from './notes.js';

/** What of a member no other member holds: texts by the name they came under. */
type Others = Readonly<Record<string, string>>;

/** An address, a page or a device, as the provider recorded it. */
export interface DeliveredCapture {
  /** Such as `IP Address`, `URL`, `Profile URL`. */
  readonly type: string | null;
  readonly value: string | null;
  readonly at: StatedMoment | null;
  /** Upper case as a rule: `UPLOAD`, `LOGIN`. */
  readonly event: string | null;
  /** 0 to 65535. */
  readonly port: number | null;
  readonly others: Others;
}

export interface DeliveredContact {
  readonly value: string | null;
  readonly verified: boolean | null;
  readonly others: Others;
}

export interface DeliveredPerson {
  /** A person may have received what was sent to them unasked: never read the one for the other. */
  readonly role: 'reported' | 'intended-recipient';
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly preferredName: string | null;
  readonly dateOfBirth: string | null;
  readonly screenName: string | null;
  readonly espService: string | null;
  readonly espUserId: string | null;
  readonly ipAddress: string | null;
  readonly emails: readonly DeliveredContact[];
  readonly phones: readonly DeliveredContact[];
  readonly addresses: readonly Others[];
  readonly captures: readonly DeliveredCapture[];
  readonly texts: readonly string[];
  readonly languages: readonly string[];
  readonly races: readonly string[];
  readonly disabilities: readonly string[];
  /** `gender`, `occupation`, `approximateAge`, … as stated. */
  readonly others: Others;
}

export interface DeliveredFile {
  readonly name: string | null;
  readonly originalName: string | null;
  readonly submittalId: string | null;
  /** An MD5 as a rule, in either case. */
  readonly verificationHash: string | null;
  readonly industryClassification: string | null;
  /** `null`: not stated, which is not the same as not viewed. */
  readonly viewedByEsp: boolean | null;
  readonly exifViewedByEsp: boolean | null;
  readonly publiclyAvailable: boolean | null;
  /** When it was uploaded to the provider, and the member that says so; events are told by `captures`. */
  readonly uploaded: (StatedMoment & { readonly source: 'uploadedToEsp' | 'espMetadata' }) | null;
  /** Labels of the clearinghouse, in their groups. */
  readonly tags: readonly (readonly string[])[];
  readonly metadata: readonly {
    readonly name: string | null;
    readonly value: string | null;
    readonly others: Others;
  }[];
  readonly captures: readonly DeliveredCapture[];
  readonly texts: readonly string[];
  readonly others: Others;
}

export interface DeliveredIncident {
  /** The list it came in: `webpageIncident`, `emailIncident`, … */
  readonly kind: string;
  readonly captures: readonly DeliveredCapture[];
  readonly contents: readonly string[];
  readonly texts: readonly string[];
  readonly others: Others;
}

/**
 * A report as police receive it (protocols.md §2.2), read without interpretation: what is missing, `null` or something
 * else than its kind is `null`, and free text stays text. When the report came in, when the incident was (often when it
 * was detected) and when a file was uploaded are three moments in three places.
 */
export interface DeliveredReport {
  /** As the clearinghouse numbers it: 1 to 40 characters. */
  readonly reportId: string;
  readonly received: StatedMoment | null;
  readonly esp: {
    readonly name: string | null;
    readonly firstName: string | null;
    readonly lastName: string | null;
    readonly emails: readonly DeliveredContact[];
    readonly others: Others;
  };
  readonly incidentType: string | null;
  readonly incident: StatedMoment | null;
  readonly incidentDescription: string | null;
  readonly incidentOthers: Others;
  readonly incidents: readonly DeliveredIncident[];
  readonly persons: readonly DeliveredPerson[];
  readonly files: readonly DeliveredFile[];
  readonly texts: readonly string[];
  readonly others: Others;
  readonly notes: readonly ReadingNote[];
}

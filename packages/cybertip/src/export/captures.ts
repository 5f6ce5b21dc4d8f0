import { type JsonObject, parseInstant } from '@tutela/core';
import type { Report } from '../schema/documents.js';

type Person = NonNullable<Report['personOrUserReported']>[number];
export type IpEvent = NonNullable<Person['ipCaptureEvent']>[number];

/**
 * A moment as readers of this form parse it: `2026-03-01T10:15:00Z`, whole seconds in UTC. `null` for text that names
 * no moment, such as one without a zone.
 */
export const idsMoment = (text: string | undefined): string | null => {
  const instant = text === undefined ? undefined : parseInstant(text);
  return instant === undefined ? null : `${instant.slice(0, 19)}Z`;
};

export const ipCapture = (event: IpEvent): JsonObject => ({
  captureType: 'IP Address',
  value: event.ipAddress,
  dateTime: idsMoment(event.dateTime),
  eventName: event.eventName?.toUpperCase() ?? null,
  port: event.port ?? null,
  possibleProxy: event.possibleProxy ?? null,
});

export const urlCapture = (captureType: 'URL' | 'Profile URL', value: string): JsonObject => ({
  captureType,
  value,
  dateTime: null,
  eventName: null,
  port: null,
});

/** Captures as the form wraps them; `null` when there is none. */
export const sourceInformation = (captures: readonly JsonObject[]): JsonObject | null =>
  captures.length === 0 ? null : { sourceCaptures: captures };

import type { Me, MySettings } from '@tutela/exposure/api';
import { put, read, request, send, sendFor } from '../app/api.js';

export type { Me, MySettings };

/** One's own clock, settings and outcomes; a break that falls due is noticed within a minute. */
export const meQuery = (person: string | null) => ({
  queryKey: ['exposure', 'me', person],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<Me>('/exposure/me', { signal }),
  enabled: person !== null,
  refetchInterval: 60_000,
});

export const saveSettings = (settings: MySettings): Promise<MySettings> =>
  put<MySettings>('/exposure/me/settings', settings);

/** The degraded picture of a file, made by the node for whoever asks. @param at such as `/platform/matches/ID` */
export const fetchPreview = async (at: string, signal: AbortSignal): Promise<Blob> =>
  (await request(`${at}/preview`, { signal })).blob();

export interface Original {
  readonly picture: Blob;
  readonly reveal: string;
  /** Seconds it may stay, by the clock of the node. */
  readonly seconds: number;
}

/** The original's pixels; on record before they leave the node. */
export const fetchOriginal = async (at: string, reason: string): Promise<Original> => {
  const answer = await sendFor(`${at}/reveal`, { reason });
  const told = (name: string): string => answer.headers.get(name) ?? '';
  // The clock here may go wrong; the two moments of the node do not.
  const now = Date.parse(told('date')) || Date.now();
  const seconds = Math.max(0, (Date.parse(told('tutela-reveal-closes')) - now) / 1000);
  return { picture: await answer.blob(), reveal: told('tutela-reveal'), seconds };
};

export const endReveal = (reveal: string): Promise<unknown> => send(`/exposure/reveals/${reveal}/end`, {});

/** Keeps something out of one's own queue. Nobody asks why. */
export const skip = (desk: 'platform' | 'clearinghouse' | 'investigator', subject: string): Promise<unknown> =>
  sendFor('/exposure/skips', { desk, subject });

/** Asks two other people to add to somebody's day. */
export const askForMore = (person: string, seconds: number, reason: string): Promise<{ readonly digest: string }> =>
  send('/exposure/overrides', { person, seconds, reason });

/** Takes what they approved. */
export const takeMore = (digest: string): Promise<unknown> => send(`/exposure/overrides/${digest}/use`, {});

import { done, failed, type Outcome } from '@tutela/core';
import { createTransport } from 'nodemailer';

/** A mail server of the operator's, and who speaks. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls` is demanded, never merely tried; `none` is for a server on this machine. */
  readonly encryption: 'tls' | 'starttls' | 'none';
  readonly user?: string;
  readonly password?: string;
  /** Sender, as `tutela@clearinghouse.example`. */
  readonly from: string;
  /** Where authorities fetch; stands in every notice. */
  readonly feedUrl: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same notice again has the same one, so that a mailbox can tell it is one. */
  readonly messageId: string;
}

/** Sends one mail. @returns what the server answered to it, as the receipt */
export type SendMail = (mail: Mail) => Promise<Outcome<string, 'mail-not-accepted'>>;

const patienceMs = 20_000;

export const openMail = ({ host, port, encryption, user, password, from }: MailSettings): SendMail => {
  const transport = createTransport({
    host,
    port,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
  });
  return async ({ to, subject, text, messageId }) => {
    try {
      const sent = await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId });
      const { response } = sent as { readonly response?: string };
      return done(response ?? 'accepted');
    } catch (error) {
      return failed('mail-not-accepted', (error as Error).message.slice(0, 500));
    }
  };
};

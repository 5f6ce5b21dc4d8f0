import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** As it came over the wire, headers and all. */
  readonly raw: string;
}

/** A mail server on this machine that speaks SMTP (RFC 5321) and keeps what it gets. */
export interface MailServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** From now on it takes mail, or turns it down for now (451). */
  readonly setMood: (mood: 'takes' | 'turns-down') => void;
  readonly close: () => Promise<void>;
}

export const openMailServer = async (port = 0): Promise<MailServer> => {
  const received: ReceivedMail[] = [];
  let mood: 'takes' | 'turns-down' = 'takes';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, callback) => {
      text(stream).then(
        (raw) => {
          if (mood === 'turns-down') {
            callback(Object.assign(new Error('come back later'), { responseCode: 451 }));
            return;
          }
          received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
          callback(null, `queued as ${received.length}`);
        },
        (error: Error) => callback(error),
      );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    setMood: (next) => {
      mood = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

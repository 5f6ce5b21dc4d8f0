export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** HTTP Basic (RFC 7617), UTF-8; `undefined` for anything else. */
export const readCredentials = (header: string | undefined): Credentials | undefined => {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
};

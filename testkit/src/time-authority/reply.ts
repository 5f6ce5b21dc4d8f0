import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { opensslDone } from './openssl.js';

/** Policy under which these authorities stamp: 2.999 is the arc for examples (Rec. ITU-T X.660). */
const examplePolicy = '2.999.3161.1';

/** Writes what `openssl ts -reply` reads besides the certificates. */
export const prepareReplies = async (folder: string): Promise<void> => {
  await writeFile(path.join(folder, 'tsa.cnf'), configuration);
  await writeFile(path.join(folder, 'tsa-serial'), '01');
};

/** Answers one query (RFC 3161 TimeStampReq, DER) with a TimeStampResp. Not for two at once: the serial is a file. */
export const replyTo = async (folder: string, query: Uint8Array): Promise<Buffer> => {
  await writeFile(path.join(folder, 'query.tsq'), query);
  const args = ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr'];
  await opensslDone(args, folder);
  return readFile(path.join(folder, 'reply.tsr'));
};

const configuration = `
[tsa]
default_tsa = here
[here]
serial = tsa-serial
crypto_device = builtin
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = ${examplePolicy}
digests = sha256, sha384, sha512
accuracy = secs:1, millisecs:500, microsecs:100
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { opensslDone } from './openssl.js';

export interface CertificateOptions {
  readonly name: string;
  /** Of the authority's own key. */
  readonly key: 'rsa' | 'p256';
  /** When the authority's certificate holds; the root holds from 2000 to 2099. */
  readonly valid: { readonly from: Date; readonly to: Date };
  /** What its certificate allows; a proper one has `timeStamping` alone, as critical. */
  readonly extendedKeyUsage: string;
}

/** Makes `root.pem`, `tsa.pem` and `tsa.key` in a folder: a certificate authority of its own and what it vouches for. */
export const makeCertificates = async (folder: string, options: CertificateOptions): Promise<void> => {
  const { name, key, valid, extendedKeyUsage } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path.join(folder, 'ca.cnf'), configuration(extendedKeyUsage));
  await writeFile(path.join(folder, 'index.txt'), '');
  await writeFile(path.join(folder, 'serial'), '1000');
  const newKey = key === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const request = (to: string, subject: string) =>
    words('req -new -config ca.cnf -nodes -newkey', newKey, `-keyout ${to}.key -out ${to}.csr -subj`, [subject]);
  const sign = (who: string, extensions: string, { from, to }: CertificateOptions['valid'], by: string) =>
    words(
      `ca -batch -notext -config ca.cnf -md sha256 -policy any -extensions ${extensions}`,
      `-startdate ${opensslTime(from)} -enddate ${opensslTime(to)}`,
      `-in ${who}.csr -out ${who}.pem -keyfile root.key ${by}`,
    );
  const always = { from: new Date('2000-01-01T00:00:00Z'), to: new Date('2099-01-01T00:00:00Z') };
  await opensslDone(request('root', `/O=Example/CN=${name} root`), folder);
  await opensslDone(sign('root', 'root', always, '-selfsign'), folder);
  await opensslDone(request('tsa', `/O=Example/CN=${name}`), folder);
  await opensslDone(sign('tsa', 'authority', valid, '-cert root.pem'), folder);
};

export const readRoots = (folder: string): Promise<string> => readFile(path.join(folder, 'root.pem'), 'utf8');

/** Texts fall apart at spaces, lists stay as they are. */
const words = (...parts: readonly (string | readonly string[])[]): readonly string[] =>
  parts.flatMap((part) => (typeof part === 'string' ? part.split(' ') : part));

/** YYYYMMDDHHMMSSZ */
const opensslTime = (date: Date): string => `${date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;

const configuration = (extendedKeyUsage: string): string => `
[ca]
default_ca = here
[here]
new_certs_dir = .
database = index.txt
serial = serial
unique_subject = no
[any]
organizationName = optional
commonName = supplied
[req]
distinguished_name = subject
[subject]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = ${extendedKeyUsage}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;

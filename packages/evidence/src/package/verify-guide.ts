import type { ContentsFile } from '../format/index.js';

/** What a guide is about; `files` has at least verify.mjs and verify.html. */
export interface GuideFacts {
  readonly package: string;
  readonly files: readonly ContentsFile[];
}

/** VERIFY.md. Its commands are run as they stand by a test (test: "its guide has commands that hold as they stand"). */
export const verifyGuide = ({ package: name, files }: GuideFacts): string => {
  const digest = (path: string): string => files.find((file) => file.path === path)?.sha256 ?? '';
  return `# How to check the package ${name}

Three ways that do not depend on each other. None needs a network, a server of ours or an account. Run the commands in
this folder, with Bash, GNU coreutils and OpenSSL 3.

Keys and certificates inside of a package prove nothing about who made it: whoever writes a package can write keys. Get the
key of the log, the keys of its witnesses and the root certificates of the authorities of time by another way, and compare.

## 1. Our verifier

The SHA-256 of the two programs, printed in the reports (\`data/report/\`) too:

- \`verify.mjs\`   \`${digest('verify.mjs')}\`
- \`verify.html\`  \`${digest('verify.html')}\`

\`verify.mjs\` runs with Node.js 20.19 or later and needs nothing else; \`verify.html\` opens in a browser.

\`\`\`
node verify.mjs . --log-key KEY-OF-THE-LOG --time-root ROOTS.pem
\`\`\`

It ends with 0 (verified), 1 (damaged or not proven), 2 (wrong usage), 3 (cannot be read) or 4 (consistent, but no key was
given to compare with).

## 2. Standard tools

Every file is the one that the manifests name (RFC 8493, BagIt):

\`\`\`sh
sha512sum --strict --quiet -c manifest-sha512.txt tagmanifest-sha512.txt
sha256sum --strict --quiet -c manifest-sha256.txt tagmanifest-sha256.txt
\`\`\`

\`\`\`
bagit.py --validate .
\`\`\`

\`data/contents.json\` names every file but itself, the manifests and \`data/ledger/\`. The SHA-256 of its text, without the
line feed at its end, stands in the last event of the case, beside that of the request. Both have to be printed:

\`\`\`sh
contents=$(head -c -1 data/contents.json | sha256sum | cut -d ' ' -f 1)
request=$(head -c -1 data/request.json | sha256sum | cut -d ' ' -f 1)
tail -n 1 data/ledger/events.jsonl | grep -o "\\"contents\\":\\"$contents\\""
tail -n 1 data/ledger/events.jsonl | grep -o "\\"request\\":\\"$request\\""
\`\`\`

The checkpoint is signed by the key of the log that \`data/ledger/policy\` names (Ed25519). Compare the key with the one you
were told by another way:

\`\`\`sh
work=$(mktemp -d)
sed '/^$/q' data/ledger/checkpoint | head -n -1 > "$work/body"
origin=$(head -n 1 "$work/body")
grep '^log ' data/ledger/policy
key=$(sed -n 's/^log [^ +]*+[0-9a-f]*+\\([^ ]*\\).*$/\\1/p' data/ledger/policy)
{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; printf '%s' "$key" | base64 -d | tail -c 32; } > "$work/key.der"
openssl pkey -pubin -inform DER -in "$work/key.der" -out "$work/key.pem"
grep -F "— $origin " data/ledger/checkpoint | head -n 1 | sed 's/.* //' | base64 -d | tail -c 64 > "$work/signature"
openssl pkeyutl -verify -pubin -inkey "$work/key.pem" -rawin -in "$work/body" -sigfile "$work/signature"
\`\`\`

Authorities of time stamped the same text (RFC 3161). Compare the roots too:

\`\`\`sh
for token in data/ledger/timestamps/*.tsr; do
  [ -e "$token" ] || { echo "no authority of time stamped it"; continue; }
  openssl ts -verify -data "$work/body" -in "$token" -CAfile "\${token%.tsr}.roots.pem"
done
rm -r "$work"
\`\`\`

Items that end in \`.age\` are encrypted; \`age --decrypt -i IDENTITY FILE\` or any other program for age files opens them. The
digest of what is in them stands in \`data/contents.json\` as \`plain\`.

## 3. A program of your own

docs/package-format.md of Tutela describes every file: with it the history of the case and its Merkle tree (RFC 6962) can be
checked in any language. The root over the events in \`data/ledger/events.jsonl\` and the hashes in \`data/ledger/nodes.json\`
has to be the third line of \`data/ledger/checkpoint\`. \`tests/peers/verify_package.py\` of Tutela is such a program, of 350
lines, with the standard library of Python and the openssl command alone.
`;
};

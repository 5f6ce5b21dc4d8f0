// What waits for the word of two people, and the passkeys they give it with (WebAuthn Level 3).
const everyMs = 5000;

/** Actions in words; one that has none is shown by its name. */
const actions = {
  'authority.verify': 'Confirm that an authority was entered as its document says',
  'case.shred': 'Destroy the key of a case: its content can never be read again',
  'credential.add': 'Let a person approve with another key',
  'list.publish': 'Publish a list of known material',
  'order.release': 'Release the answer to an order',
  'package.export': 'Hand out an evidence package',
  'person.enrol': 'Enrol a person who may approve',
  'role.grant': 'Give a person a role in a case',
};
const refusals = {
  'after-expiry': 'The request has expired. Ask for it again.',
  'copied-passkey':
    'There seem to be two copies of this passkey. It was not taken; tell whoever looks after the installation.',
  'credential-not-then': 'This passkey was revoked.',
  'known-already': 'This passkey is known already.',
  'nobody-to-approve': 'Nobody who may approve this has a passkey yet. Key files work with tutela approval approve.',
  'not-open': 'The request is settled already.',
  'other-origin': 'The passkey was used on another page.',
  'person-not-then': 'This person has left.',
  'person-twice': 'You have approved this already. Somebody else has to.',
  'requester-approves': 'You asked for this yourself. Somebody else has to approve it.',
  'subject-approves': 'This is about you. Somebody else has to approve it.',
  'user-not-verified': 'The passkey did not ask for your PIN or fingerprint.',
};

const $ = (id) => document.getElementById(id);
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const problem = (text) => {
  $('problem').textContent = text;
  $('problem').hidden = text === '';
};

const key = () => sessionStorage.getItem('key');
const takeKey = () => {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (!given) return;
  sessionStorage.setItem('key', given);
  history.replaceState(null, '', location.pathname);
};

const ask = async (path, body) => {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = { authorization: `Bearer ${key()}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(path, { ...sent, headers });
  if (answer.ok) return answer.json();
  const { code } = await answer.json();
  throw new Error(refusals[code] ?? `Refused: ${code}`);
};

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What is shown is what is signed: the digest is taken here, of the text that is shown. */
const digestOf = async (text) =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

const approve = async ({ digest, document: text }) => {
  const options = await ask(`/policy/requests/${digest}/options`, {});
  const challenge = toBytes(options.challenge);
  if ((await digestOf(text)) !== toHex(challenge))
    throw new Error('The node asks for a signature over something else. Nothing was signed.');
  const allowCredentials = options.allowCredentials.map((one) => ({ type: 'public-key', id: toBytes(one.id) }));
  const made = await navigator.credentials.get({ publicKey: { ...options, challenge, allowCredentials } });
  const { clientDataJSON, authenticatorData, signature } = made.response;
  const response = {
    clientDataJSON: toText(clientDataJSON),
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
  };
  await ask(`/policy/requests/${digest}/approvals`, {
    id: made.id,
    rawId: toText(made.rawId),
    type: made.type,
    response,
  });
  $('said').textContent = 'Your approval is on record.';
};

const addPasskey = async (person) => {
  const options = await ask('/policy/passkeys/options', { person });
  const user = { ...options.user, id: toBytes(options.user.id) };
  const excludeCredentials = options.excludeCredentials.map((one) => ({ type: 'public-key', id: toBytes(one.id) }));
  const made = await navigator.credentials.create({
    publicKey: { ...options, challenge: toBytes(options.challenge), user, excludeCredentials },
  });
  const { clientDataJSON, attestationObject } = made.response;
  const response = { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) };
  await ask('/policy/passkeys', { id: made.id, rawId: toText(made.rawId), type: made.type, response });
  $('said').textContent = 'The passkey waits for the approval of somebody else.';
};

/** Runs what a person began, and tells them when it was not done. */
const during = async (button, act) => {
  problem('');
  button.disabled = true;
  try {
    await act();
  } catch (error) {
    problem(error.name === 'NotAllowedError' ? 'The passkey was not used. Nothing was approved.' : error.message);
  }
  button.disabled = false;
  await draw().catch(() => undefined);
};

/** Every member on a row of its own, under its whole name. */
const rowsOf = (name, value) => {
  if (value === null || typeof value !== 'object') return [[name, String(value)]];
  const members = Object.entries(value);
  if (members.length === 0) return [[name, 'none']];
  return members.flatMap(([member, inner]) => rowsOf(name === '' ? member : `${name} · ${member}`, inner));
};

/** `documentSha256` as people write it: `document sha256`. */
const phrase = (name) => name.replaceAll(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);

/** All of a request and nothing besides: what it is about first, what programs need last. */
const rowsInWords = ({ reason, requestedBy, caseRef, about, content, requestedAt, expiresAt, ...rest }) => [
  ['asked by', requestedBy],
  ['reason', reason],
  ...(caseRef === undefined ? [] : [['case', caseRef]]),
  ...(about === undefined ? [] : [['about', about.join(', ')]]),
  ...rowsOf('', content),
  ['asked at', requestedAt],
  ['expires at', expiresAt],
  ...rowsOf('', rest).map(([name, value]) => [`request · ${name}`, value]),
];

const requestSection = (one) => {
  const request = JSON.parse(one.document);
  const rows = rowsInWords(request).map(([name, value]) =>
    element('tr', {}, element('th', { scope: 'row' }, phrase(name)), element('td', {}, value)),
  );
  const button = element('button', { type: 'button' }, 'Approve with a passkey');
  button.addEventListener('click', () => during(button, () => approve(one)));
  const approved = one.approvedBy.map(({ person }) => person).join(', ');
  return element(
    'section',
    { 'data-digest': one.digest },
    element('h2', {}, actions[request.action] ?? request.action),
    element('p', {}, `${one.approvedBy.length} of ${one.needed} approved${approved ? `: ${approved}` : ''}.`),
    element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'What is to be approved' },
      element('table', {}, element('caption', {}, 'All that is signed'), element('tbody', {}, ...rows)),
    ),
    element('p', { class: 'about' }, 'SHA-256 ', element('code', {}, one.digest)),
    button,
  );
};

let drawn = '';
const draw = async () => {
  const { requests } = await ask('/policy/requests');
  const { people } = await ask('/policy/people');
  const text = JSON.stringify([requests, people]);
  // Drawn again only when it changed, so that nobody's place is lost.
  if (text === drawn) return;
  drawn = text;
  const sections = requests.map(requestSection);
  $('requests').replaceChildren(
    ...(sections.length > 0 ? sections : [element('p', { class: 'empty' }, 'Nothing waits to be approved.')]),
  );
  $('person').replaceChildren(...people.map(({ id, name }) => element('option', { value: id }, `${name} (${id})`)));
  $('passkey').hidden = people.length === 0;
};

const onlyOnLocalhost = () => {
  const here = new URL(location.href);
  here.hostname = 'localhost';
  here.hash = key() ? `key=${key()}` : '';
  problem('Passkeys work under a name, not under an address of numbers. ');
  $('problem').append(element('a', { href: here.href }, 'Open this page as localhost'));
};

const begin = async () => {
  takeKey();
  $('passkey')
    .querySelector('form')
    .addEventListener('submit', (event) => {
      event.preventDefault();
      void during(event.submitter, () => addPasskey($('person').value));
    });
  if (!key())
    return problem(
      'This page needs the key of the node. Open the address that `tutela start` printed, then this page.',
    );
  if (location.hostname !== 'localhost') return onlyOnLocalhost();
  for (;;) {
    await draw().catch((error) => problem(error.message));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
addEventListener('hashchange', () => {
  if (location.hash.includes('key=')) location.reload();
});
void begin();

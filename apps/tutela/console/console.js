// The plain console: draws what /status/stream tells, and says so when it tells nothing.
const retryMs = 2000;
/** The server says something at least every 15 seconds. */
const silenceMs = 40_000;

const about = {
  platform: 'Fingerprints every upload, compares it with lists of known material, and files what people confirmed.',
  clearinghouse: 'Receives reports from services, keeps their files, and notes which country each one concerns.',
  investigator: 'Starts from reports as police receive them; their files stay closed until an authority opens them.',
};
const words = {
  lists: 'Lists of known material',
  scans: 'Latest scans',
  matches: 'Matches',
  waiting: 'Matches waiting for review',
  filings: 'Filings',
  reports: { platform: 'Latest reports', clearinghouse: 'Reports received' },
  latest: { platform: 'Latest matches', clearinghouse: 'Latest reports' },
  countries: 'Reports by country',
};

const $ = (id) => document.getElementById(id);

/** An element with its attributes and children; text is only ever text. */
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
};

/** `importedAt` as people write it: `imported at`. */
const phrase = (name) =>
  name.replaceAll(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`).replaceAll(/[-_]/g, ' ');
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

const shown = (value) => {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'number') return value.toLocaleString();
  if (typeof value === 'string' && moment.test(value)) {
    const text = new Date(value).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });
    return element('time', { datetime: value }, text);
  }
  if (Array.isArray(value))
    return value.map((item) => (isRecord(item) ? JSON.stringify(item) : String(item))).join(', ') || '—';
  if (isRecord(value))
    return (
      Object.entries(value)
        .map(([name, item]) => `${phrase(name)} ${item}`)
        .join(', ') || '—'
    );
  return String(value);
};

const none = () => element('p', { class: 'empty' }, 'Nothing here.');

const facts = (record) => {
  if (Object.keys(record).length === 0) return none();
  return element(
    'dl',
    { class: 'facts' },
    ...Object.entries(record).map(([name, value]) =>
      element('div', {}, element('dt', {}, phrase(name)), element('dd', {}, shown(value))),
    ),
  );
};

const table = (rows, caption) => {
  if (rows.length === 0) return none();
  const names = [...new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : ['value'])))];
  const cell = (row, name) => {
    const value = isRecord(row) ? row[name] : row;
    return element('td', typeof value === 'number' ? { class: 'number' } : {}, shown(value));
  };
  return element(
    'div',
    // A wide table scrolls by itself, also by keyboard.
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, capital(phrase(name))))),
      ),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...names.map((name) => cell(row, name))))),
    ),
  );
};

const part = (desk, [name, value]) => {
  const known = isRecord(words[name]) ? words[name][desk] : words[name];
  const heading = known ?? capital(phrase(name));
  const body = Array.isArray(value)
    ? table(value, `${capital(desk)}: ${heading}`)
    : isRecord(value)
      ? facts(value)
      : element('p', {}, shown(value));
  return [element('h3', {}, heading), body];
};

const deskSection = ({ name, summary, problem }) => {
  const id = `desk-${name}`;
  const said = problem === undefined ? Object.entries(summary).flatMap((entry) => part(name, entry)) : [];
  return element(
    'section',
    { 'aria-labelledby': id },
    element('h2', { id }, capital(phrase(name))),
    about[name] && element('p', { class: 'about' }, about[name]),
    problem && element('p', { class: 'fault' }, `This desk cannot tell its state: ${problem}`),
    ...said,
  );
};

const ledgerSection = (ledger) => {
  const { sequencer, ...rest } = ledger;
  const isList = ([, value]) => Array.isArray(value) && value.length > 0;
  const head = Object.fromEntries(Object.entries(rest).filter((entry) => !isList(entry)));
  const lists = Object.entries(rest).filter(isList);
  const fault = sequencer?.state === 'refused';
  return [
    element('h2', { id: 'ledger-heading' }, 'Ledger'),
    element(
      'p',
      { class: 'about' },
      'What was done, in an order nobody can change unseen: ',
      element('code', {}, 'tutela ledger check'),
      '.',
    ),
    fault ? element('p', { class: 'fault' }, `The ledger takes nothing more: ${sequencer.reason}`) : undefined,
    facts({ ...head, ...(sequencer && !fault ? { sequencer: sequencer.state } : {}) }),
    ...lists.flatMap((list) => part('ledger', list)),
  ].filter((child) => child !== undefined);
};

/** What has the focus, such as a scrolled table, keeps it when the page is drawn again. */
const keepingPlace = (draw) => {
  const label = document.activeElement?.getAttribute('aria-label');
  const left = document.activeElement?.scrollLeft ?? 0;
  draw();
  const again = label && document.querySelector(`[aria-label="${CSS.escape(label)}"]`);
  if (!again) return;
  again.focus({ preventScroll: true });
  again.scrollLeft = left;
};

const draw = ({ desks, ledger }) =>
  keepingPlace(() => {
    const closed = element('p', { class: 'empty' }, 'No desk is open.');
    $('desks').replaceChildren(...(desks.length > 0 ? desks.map(deskSection) : [closed]));
    $('ledger').replaceChildren(...ledgerSection(ledger));
  });

const connection = (state, text) => {
  $('connection').dataset.state = state;
  // Only a change is announced.
  if ($('connection').textContent !== text) $('connection').textContent = text;
};

const showProblem = (text) => {
  $('problem').textContent = text;
  $('problem').hidden = text === '';
};

class KeyRefused extends Error {}

/** The documents of the stream, until it breaks off or falls silent. */
async function* documents(key) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    const answer = await fetch('/status/stream', {
      headers: { authorization: `Bearer ${key}` },
      signal: silence.signal,
    });
    if (answer.status === 401) throw new KeyRefused();
    if (!answer.ok) throw new Error(`the node answers ${answer.status}`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silenceMs);
      const events = (text + value).split('\n\n');
      text = events.pop();
      for (const event of events) if (event.startsWith('data: ')) yield JSON.parse(event.slice('data: '.length));
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

const follow = async (key) => {
  for (;;) {
    try {
      for await (const status of documents(key)) {
        showProblem('');
        connection('live', 'live');
        draw(status);
      }
    } catch (error) {
      if (error instanceof KeyRefused) {
        sessionStorage.removeItem('key');
        connection('lost', 'not connected');
        showProblem('The key is not the one of this node. Open the address that `tutela start` printed last.');
        return;
      }
    }
    connection('lost', 'connection lost, trying again');
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
};

/** The address brings the key behind `#`, which no server sees; it is kept for this tab and taken out of the address. */
const takeKey = () => {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    sessionStorage.setItem('key', given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem('key');
};

const begin = () => {
  const key = takeKey();
  if (key) return follow(key);
  connection('lost', 'not connected');
  showProblem('This page needs the key of the node. Open the address that `tutela start` printed; it ends in #key=…');
};
// Another address pasted into the same tab changes only what stands behind `#`.
addEventListener('hashchange', () => {
  if (location.hash.includes('key=')) location.reload();
});
void begin();

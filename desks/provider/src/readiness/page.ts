import { createHash } from 'node:crypto';
import type { DayReadiness, ExporterDay } from './day-readiness.js';
import { coveragePlot, customersPlot, hoursPlot, type Plot, sharesPlot } from './plots.js';
import { bytesText, gapsListed, reckonedWith, technologiesOf } from './technologies.js';

const style = `
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid #999; }
figure { margin: 1.5rem 0; } figcaption { color: #444; font-size: .9rem; } svg { width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #ccc; }
td.number { text-align: right; white-space: nowrap; } dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: #444; } dd { margin: 0; }
`;

/** The one thing in the page that is not text: the policy that goes with it names its digest. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** A whole page without anything from elsewhere: no script, no font, no picture; plots are SVG with their text. */
export const readinessPage = ({ day, exporters }: DayReadiness): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Readiness ${asText(day)}</title>
<style>${style}</style>
</head>
<body>
<h1>Could a question about ${asText(day)} be answered?</h1>
<p>Of the moments at which somebody held an address and port that day: how often an outside observer's question leads to
exactly one customer. No customer is in this report. A customer is not the person who used the line.</p>
${exporters.map(section).join('\n')}
</body>
</html>
`;

const section = ({ readiness, role, clockErrorSeconds }: ExporterDay): string => {
  const { exporter, subscribers, addresses, holdings, bytesPerSubscriber, customersPerAddress } = readiness;
  const facts: readonly (readonly [string, string])[] = [
    ['Customers', subscribers.toLocaleString('en')],
    [
      'Addresses',
      `${addresses}, with ${customersPerAddress.median} customers in the middle, ${customersPerAddress.most} at most`,
    ],
    ['Records', `${holdings.toLocaleString('en')}, ${bytesText(bytesPerSubscriber)} a customer and day`],
    [
      'Own clock',
      clockErrorSeconds === 'unknown' ? 'error unknown: no answer is exact' : `within ${clockErrorSeconds} s`,
    ],
    ...(role.kind === 'translation'
      ? ([
          [
            'Rest of freed ports',
            `TCP ${role.holdDownSeconds.tcp} s, UDP ${role.holdDownSeconds.udp} s (as configured)`,
          ],
        ] as const)
      : []),
  ];
  const gaps = gapsListed(readiness);
  return `<h2>${asText(exporter)}</h2>
<dl>${facts.map(([name, value]) => `<dt>${asText(name)}</dt><dd>${asText(value)}</dd>`).join('')}</dl>
${[sharesPlot(readiness), hoursPlot(readiness, 5000), customersPlot(readiness), coveragePlot(readiness)].map(figure).join('\n')}
<h3>Gaps</h3>
${gaps.length === 0 ? '<p>None.</p>' : `<ul>${gaps.map((gap) => `<li>${asText(gap)}</li>`).join('')}</ul>`}
<h3>What would change</h3>
<table><thead><tr><th scope="col">Way of sharing</th><th scope="col">Kept a customer and day</th><th scope="col">One customer, with port</th><th scope="col">Without port</th><th scope="col">A question needs</th><th scope="col">Connections logged</th><th scope="col">What it changes</th></tr></thead>
<tbody>${technologiesOf(readiness)
    .map(
      ({ name, bytes, asks, connections, change, withPort, withoutPort }) =>
        `<tr><th scope="row">${asText(name)}</th><td class="number">${asText(bytes)}</td><td class="number">${asText(withPort)}</td><td class="number">${asText(withoutPort)}</td><td>${asText(asks)}</td><td>${connections}</td><td>${asText(change)}</td></tr>`,
    )
    .join('')}</tbody></table>
<p>${asText(reckonedWith(readiness))}</p>`;
};

const [width, height, left, bottom, top] = [800, 220, 56, 28, 18];
/** So few that each has room for its number. */
const fewBars = 12;

const figure = ({ title, words, most, axis, bars }: Plot): string => {
  const room = height - bottom - top;
  const y = (value: number): number => top + room * (1 - (most === 0 ? 0 : value / most));
  const slot = (width - left - 8) / Math.max(1, bars.length);
  const grid = axis.map(
    ({ at, label }) =>
      `<line x1="${left}" x2="${width - 8}" y1="${n(y(at))}" y2="${n(y(at))}" stroke="#ccc"/><text x="${left - 6}" y="${n(y(at) + 4)}" text-anchor="end" font-size="12">${asText(label)}</text>`,
  );
  const drawn = bars.map(({ label, value, shade, told }, place) => {
    const x = left + place * slot;
    const fill = shade === 'dark' ? '#1f4e79' : '#9dc3e6';
    return `<rect x="${n(x + slot * 0.1)}" y="${n(y(value))}" width="${n(slot * 0.8)}" height="${n(top + room - y(value))}" fill="${fill}"><title>${asText(`${label} ${told}`.trim())}</title></rect><text x="${n(x + slot / 2)}" y="${height - 10}" text-anchor="middle" font-size="12">${asText(label)}</text>${bars.length > fewBars ? '' : `<text x="${n(x + slot / 2)}" y="${n(y(value) - 3)}" text-anchor="middle" font-size="11">${asText(told)}</text>`}`;
  });
  return `<figure><svg role="img" viewBox="0 0 ${width} ${height}" aria-label="${asText(`${title}. ${words}`)}">${grid.join('')}${drawn.join('')}</svg><figcaption>${asText(title)}. ${asText(words)}</figcaption></figure>`;
};

const n = (value: number): string => value.toFixed(1);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const asText = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

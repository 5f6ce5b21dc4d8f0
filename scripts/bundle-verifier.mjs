// Puts the verifier of evidence packages into one ES module and one page, which each package brings along: the same bytes
// from the same sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const head =
  '// Checks an evidence package of Tutela: node verify.mjs PACKAGE. Apache-2.0. It needs nothing but Node 20.19 or later.\n';

/** What the licences of others ask to keep. */
const comments = { legal: true, annotation: false, jsdoc: false };

/** @param root of the repository */
export const bundleVerifier = async (root) => {
  const evidence = path.join(root, 'packages', 'evidence');
  const to = path.join(evidence, 'dist', 'standalone');
  const page = path.join(evidence, 'src', 'verify', 'page');
  const sources = [...compiled(root), ...readdirSync(page).map((name) => path.join(page, name))];
  const made = path.join(to, 'verify.html');
  if (existsSync(made) && sources.every((file) => statSync(file).mtimeMs <= statSync(made).mtimeMs)) return;
  const { rolldown } = await import('rolldown');
  const bundle = async (entry, platform) => {
    const built = await rolldown({
      cwd: root,
      input: path.join(evidence, 'dist', 'verify', entry),
      platform,
      // pkijs asks for a global of Node that no browser has.
      onLog: (level, log, next) => (log.code === 'EVAL' ? undefined : next(level, log)),
    });
    const { output } = await built.generate({
      format: 'esm',
      comments,
      minify: platform === 'browser',
      codeSplitting: false,
    });
    await built.close();
    const [chunk, ...more] = output;
    if (more.length > 0) throw new Error('the verifier fell into several files');
    return chunk.code;
  };
  mkdirSync(to, { recursive: true });
  writeFileSync(path.join(to, 'verify.mjs'), head + (await bundle('node/standalone.js', 'node')));
  const script = await bundle('page/page.js', 'browser');
  const style = readFileSync(path.join(page, 'page.css'), 'utf8');
  const html = readFileSync(path.join(page, 'page.html'), 'utf8');
  writeFileSync(made, inlined(html, { style, script }));
};

/** What is compiled of the packages that are bundled. */
const compiled = (root) =>
  ['core', 'ledger', 'policy', 'evidence'].flatMap((name) => {
    const dist = path.join(root, 'packages', name, 'dist');
    return readdirSync(dist, { recursive: true })
      .filter((file) => file.endsWith('.js') && !/\.test(-support)?\.js$/.test(file))
      .map((file) => path.join(dist, file));
  });

/** One page with a policy that lets nothing run but what stands in it, and reaches no network. */
const inlined = (html, { style, script }) => {
  if (/<\/(script|style)/i.test(script + style)) throw new Error('the script would end its own element');
  const digest = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = `default-src 'none'; script-src ${digest(script)}; style-src ${digest(style)}; base-uri 'none'; form-action 'none'`;
  return [
    ['Content-Security-Policy" content="', policy],
    ['<style>', style],
    ['<script type="module">', script],
  ].reduce((page, [place, content]) => {
    const [before, after, ...more] = page.split(place);
    if (after === undefined || more.length > 0) throw new Error(`the page has no one place for what follows ${place}`);
    return `${before}${place}${content}${after}`;
  }, html);
};

const columns = 100;

/** What `--help` prints of a command: sentences, then examples as they are typed. */
export const withExamples = (text: string, examples: readonly string[]): string =>
  `${wrap(text)}\n\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`;

const wrap = (text: string): string => {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length >= columns) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
};

/**
 * Fields of one line of comma-separated values (RFC 4180); `undefined` when a quote is not closed on the line or
 * stands where none may.
 */
export const splitCsvLine = (line: string, separator = ','): string[] | undefined => {
  if (!line.includes('"')) return line.split(separator);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const end = closingQuote(line, at + 1);
      if (end < 0 || (end + 1 < line.length && line[end + 1] !== separator)) return undefined;
      fields.push(line.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 2;
      if (end + 1 >= line.length) return fields;
    } else {
      const end = line.indexOf(separator, at);
      const field = end < 0 ? line.slice(at) : line.slice(at, end);
      if (field.includes('"')) return undefined;
      fields.push(field);
      if (end < 0) return fields;
      at = end + 1;
    }
  }
};

const closingQuote = (line: string, from: number): number => {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at;
};

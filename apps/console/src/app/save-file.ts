import { request } from './api.js';

/** Fetches with the key of the node, which an address cannot carry, and hands the file to the browser to keep. */
export const saveFile = async (path: string, name: string): Promise<void> => {
  const url = URL.createObjectURL(await (await request(path, {})).blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser has still to begin.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

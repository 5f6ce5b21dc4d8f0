/// <reference lib="dom" />

type Child = Node | string;

/** An element with attributes and children. Text is text: nothing that comes from a package is ever read as markup. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElement => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
};

/** @throws TypeError when the page has no such element */
export const byId = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (found === null) throw new TypeError(`the page has no #${id}`);
  return found as T;
};

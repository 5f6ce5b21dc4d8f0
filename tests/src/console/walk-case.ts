import type { Page } from 'playwright-core';
import { type RunningNode, tutela } from '../e2e/tutela-process.js';
import { axeFindings } from './axe.js';
import { caseScreens } from './screens/investigator.js';

/** What a walk through every screen of a case came upon. */
export interface CaseWalk {
  /** What axe finds, codes that stand where words should, screens that failed; each with its address. */
  readonly faults: readonly string[];
  /** The commands that screens name, such as `seize add`. */
  readonly commands: readonly string[];
}

/**
 * @param page on which the key was given already
 * @param person who sits there: files are shown to those with a role alone
 */
export const walkCase = async (
  page: Page,
  node: RunningNode,
  { caseRef, person }: { readonly caseRef: string; readonly person?: string },
): Promise<CaseWalk> => {
  const faults: string[] = [];
  const commands = new Set<string>();
  const screens = await caseScreens(async <Body>(where: string) => {
    const answer = await node.ask(where, person);
    return answer.ok ? ((await answer.json()) as Body) : undefined;
  }, caseRef);
  for (const { path } of [{ path: '/desk/investigator/cases' }, ...screens]) {
    await page.goto(`${node.origin}${path}`);
    await page.locator('main h1').waitFor();
    await page.waitForFunction(() => document.querySelector('main .loading') === null);
    const main = page.locator('main');
    const codes = (await main.innerText()).match(/investigator\.[a-z]|\[object|undefined/g) ?? [];
    const failed = await main.getByRole('alert').allInnerTexts();
    faults.push(...[...codes, ...failed, ...(await axeFindings(page))].map((fault) => `${path}: ${fault}`));
    for (const code of await main.locator('code').allInnerTexts()) {
      const [, command] = /^tutela (\S+ \S+)/.exec(code) ?? [];
      if (command !== undefined) commands.add(command);
    }
  }
  return { faults, commands: [...commands] };
};

/** Those that the command line does not have. */
export const unknownCommands = async (commands: readonly string[]): Promise<readonly string[]> => {
  const unknown: string[] = [];
  for (const command of commands) {
    const { code } = await tutela([...command.split(' '), '--help']);
    if (code !== 0) unknown.push(command);
  }
  return unknown;
};

import { fromHex, toHex } from '@tutela/core';
import type { TreeNode } from '@tutela/ledger';
import { parseDecimal } from './shape.js';

/** `nodes.json` in pieces, so that neither side holds it: the head, each node with what separates it, the end. */
export const formatNodes = async function* (
  nodes: Iterable<TreeNode> | AsyncIterable<TreeNode>,
  size: bigint,
): AsyncGenerator<string> {
  let before = head;
  for await (const { level, index, hash } of nodes) {
    yield `${before}{"hash":"${toHex(hash)}","index":"${index}","level":${level}}`;
    before = ',';
  }
  yield before === head ? `${head}${endOf(size)}` : endOf(size);
};

const head = '{"nodes":[';
const endOf = (size: bigint): string => `],"size":"${size}","v":1}\n`;

const node = /^\{"hash":"([0-9a-f]{64})","index":"(0|[1-9][0-9]{0,18})","level":(0|[1-9][0-9]?)\}$/;
const end = /^\],"size":"(0|[1-9][0-9]{0,18})","v":1\}\n$/;
/** Longer than any node. */
const longestNode = 160;

export type NodesPart =
  | { readonly kind: 'node'; readonly node: TreeNode }
  | { readonly kind: 'end'; readonly size: bigint }
  | { readonly kind: 'malformed'; readonly why: string };

/**
 * Reads what `formatNodes` wrote, byte for byte, piece by piece. The last part is `end` or `malformed`; the order of the
 * nodes is for the tree to judge.
 */
export const parseNodes = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<NodesPart> {
  let rest = '';
  const letters = new TextDecoder('latin1');
  let state: 'head' | 'first' | 'next' = 'head';
  for await (const chunk of chunks) {
    // Canonical nodes are ASCII; any other byte becomes a letter that no pattern takes.
    rest += letters.decode(chunk, { stream: true });
    if (state === 'head') {
      if (rest.length < head.length) continue;
      if (!rest.startsWith(head)) return yield bad(`does not begin with ${head}`);
      rest = rest.slice(head.length);
      state = 'first';
    }
    let at = 0;
    for (;;) {
      const start: number = state === 'next' ? at + 1 : at;
      if (rest[at] === undefined || rest[at] === ']' || rest[start] === undefined) break;
      if (state === 'next' && rest[at] !== ',') return yield bad('nodes are not separated by a comma');
      const close = rest.indexOf('}', start);
      if (close < 0) break;
      const read = readNode(rest.slice(start, close + 1));
      if (read === undefined) return yield bad('a node is not canonical');
      yield { kind: 'node', node: read };
      state = 'next';
      at = close + 1;
    }
    rest = rest.slice(at);
    if (rest.length > longestNode) return yield bad('a node is too long, or something follows the end');
  }
  const size = parseDecimal(end.exec(state === 'head' ? '' : rest)?.[1] ?? '');
  yield size === undefined ? bad('the end is not what it has to be') : { kind: 'end', size };
};

const bad = (why: string): NodesPart => ({ kind: 'malformed', why });

const readNode = (text: string): TreeNode | undefined => {
  const [, hash = '', indexText = '', level = ''] = node.exec(text) ?? [];
  const index = parseDecimal(indexText);
  const bytes = fromHex(hash);
  return index === undefined || bytes?.length !== 32 ? undefined : { level: Number(level), index, hash: bytes };
};

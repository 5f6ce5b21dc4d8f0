/** What the node answered instead of what was asked for (RFC 9457), or that it did not answer. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  /** 0 when nothing answered. */
  readonly status: number;
  /** The node's own sentence, in English. */
  readonly detail: string | undefined;
  /** Under which the log of the node has it. */
  readonly instance: string | undefined;

  constructor(status: number, code: string, more: { readonly detail?: string; readonly instance?: string } = {}) {
    super(more.detail ?? code);
    this.status = status;
    this.code = code;
    this.detail = more.detail;
    this.instance = more.instance;
  }
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, 'page-fault', { detail: String(error) });

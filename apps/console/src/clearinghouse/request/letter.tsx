/** A letter, word by word as its addressee reads it, in their language. */
export const Letter = ({
  label,
  language,
  children,
}: {
  readonly label: string;
  readonly language: string;
  readonly children: string;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
  <section className="scroll letter" tabIndex={0} aria-label={label}>
    <pre lang={language}>{children}</pre>
  </section>
);

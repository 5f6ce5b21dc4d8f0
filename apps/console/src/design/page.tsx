import { type ReactNode, useEffect, useId } from 'react';
import { cssClasses } from './css-classes.js';

export interface PageProps {
  readonly title: string;
  /** One sentence: what this screen is for. */
  readonly about?: string;
  /** Beside the title: what the screen does as a whole. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** `full`: the content takes the height of the window and scrolls inside, as a queue does. Default: `flow`. */
  readonly height?: 'flow' | 'full';
}

/** A screen: its one `h1`, what it is for, its content. It names the tab. */
export const Page = ({ title, about, actions, children, height = 'flow' }: PageProps) => {
  useEffect(() => {
    document.title = `${title} · Tutela`;
  }, [title]);
  return (
    <div className={cssClasses('page', height === 'full' && 'page-full')}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {about !== undefined && <p className="about">{about}</p>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
};

export interface SectionProps {
  readonly title: string;
  readonly about?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen under an `h2`. */
export const Section = ({ title, about, actions, children }: SectionProps) => {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {about !== undefined && <p className="about">{about}</p>}
      {children}
    </section>
  );
};

/** What stands beside the main thing: decision and history beside an item. On a narrow window it comes below. */
export const Beside = ({ children, aside }: { readonly children: ReactNode; readonly aside: ReactNode }) => (
  <div className="beside">
    <div className="beside-main">{children}</div>
    <aside className="beside-aside">{aside}</aside>
  </div>
);

interface Change {
  readonly fromLocation?: unknown;
  readonly pathChanged: boolean;
}

/**
 * Another screen came, and what had the focus went with the last one: its title takes it, so that who works by keyboard or
 * hears the page goes on there. A link of the navigation that is still there keeps it.
 */
export const focusAfterChange = ({ fromLocation, pathChanged }: Change): void => {
  if (fromLocation === undefined || !pathChanged || document.activeElement !== document.body) return;
  const title = document.querySelector<HTMLElement>('main h1');
  title?.setAttribute('tabindex', '-1');
  (title ?? document.getElementById('content'))?.focus({ preventScroll: true });
};

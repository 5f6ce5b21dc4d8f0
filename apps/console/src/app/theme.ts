import { useEffect, useState } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = 'theme';
const chosen = (): Theme => themes.find((theme) => theme === localStorage.getItem(kept)) ?? 'system';

/** Light, dark, or as the system has it. The style sheet reads `data-theme`. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => {
  const [theme, setTheme] = useState(chosen);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(kept, theme);
  }, [theme]);
  return [theme, setTheme];
};

import { chooseLanguage, type Language, languages, loadMessages, openLanguage, type Tongue } from '@tutela/language';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';

interface Spoken extends Tongue {
  readonly choose: (language: Language) => void;
}

const TongueContext = createContext<Spoken | undefined>(undefined);
const kept = 'language';

/** How this page says things; see @tutela/language. */
export const useTongue = (): Spoken => {
  const spoken = useContext(TongueContext);
  if (spoken === undefined) throw new Error('there is no TongueProvider above');
  return spoken;
};

const preferred = (): Language => {
  const chosen = localStorage.getItem(kept);
  return languages.find((language) => language === chosen) ?? chooseLanguage(navigator.languages);
};

/** Loads one language; the page stays in the last one until the next is there. */
export const TongueProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(preferred);
  const [tongue, setTongue] = useState<Tongue>();
  useEffect(() => {
    let wanted = true;
    void loadMessages(language).then((messages) => {
      if (wanted) setTongue(openLanguage({ language, messages }));
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  useEffect(() => {
    if (tongue !== undefined) document.documentElement.lang = tongue.language;
  }, [tongue]);
  if (tongue === undefined) return null;
  const choose = (next: Language) => {
    localStorage.setItem(kept, next);
    setLanguage(next);
  };
  return (
    <I18nProvider locale={tongue.language}>
      <TongueContext value={{ ...tongue, choose }}>{children}</TongueContext>
    </I18nProvider>
  );
};

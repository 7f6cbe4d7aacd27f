import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { to } from '../address.ts';
import type { Me } from '../calls.ts';
import { pages } from '../pages.tsx';
import { type Language, language, languages, named, speak, t } from '../words.ts';
import { useHeading } from './heading.ts';

/** What stands around every page: who is signed in, the menu, the language. */
export function Frame({
  me,
  place,
  leave,
  children,
}: {
  me: Me;
  place: string[];
  leave: () => void;
  children: ComponentChildren;
}) {
  const main = useRef<HTMLElement>(null);
  useHeading(main, place.join('/'));
  const here = pages[place[0] ?? '']?.under ?? place[0];
  const menu = Object.entries(pages).filter(([, page]) => page.menu.includes(me.role));
  return (
    <>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <header class="top">
        <a class="brand" href={to('')}>
          Leadkeeper
        </a>
        <nav aria-label={t('menu')}>
          {menu.map(([name, { title }]) => (
            <a key={name} href={to(name)} aria-current={here === name ? 'page' : undefined}>
              {t(title)}
            </a>
          ))}
        </nav>
        <details class="who">
          <summary>{me.rep?.name ?? named('role', me.role)}</summary>
          <div class="sheet">
            <p>
              {named('role', me.role)}
              {me.teamId && ` · ${me.teamId}`}
            </p>
            <label>
              {t('language')}
              <select value={language()} onChange={(event) => speak(event.currentTarget.value as Language)}>
                {Object.entries(languages).map(([code, name]) => (
                  <option key={code} value={code} lang={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <button type="button" onClick={leave}>
              {t('signOut')}
            </button>
          </div>
        </details>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

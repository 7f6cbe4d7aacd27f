import { useEffect, useState } from 'preact/hooks';

const BASE = '/console';
const changed = new EventTarget();

const here = (): string => location.pathname.replace(/^\/console\/?/, '').replace(/\/+$/, '');

/** Where we are, as it was last said. */
let shown = here();
/** Asked before another page is shown: whether this one may be left. */
let mayLeave: () => boolean = () => true;

/** Has `ask` say from now on whether the page may be left. */
export function askBeforeLeaving(ask: () => boolean): void {
  mayLeave = ask;
}

/** The address of a page of ours. */
export const to = (page: string): string => (page === '' ? BASE : `${BASE}/${page}`);

/** Goes to a page of ours. */
export function go(page: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to(page));
  changed.dispatchEvent(new Event('changed'));
}

/** Lets links to our own pages change the address without loading the page anew; others, and with a key held, are left alone. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    if (here() === shown) return;
    if (mayLeave()) changed.dispatchEvent(new Event('changed'));
    else history.pushState(null, '', to(shown));
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!(link instanceof HTMLAnchorElement) || !plain || event.defaultPrevented || link.target || link.download)
      return;
    // A place on this very page, such as what `Skip to the content` leads to, is the browser's to find.
    if (link.hash !== '' && link.pathname === location.pathname) return;
    if (link.origin !== location.origin || !(link.pathname === BASE || link.pathname.startsWith(`${BASE}/`))) return;
    event.preventDefault();
    if (!mayLeave()) return;
    go(link.pathname.slice(BASE.length + 1));
    scrollTo(0, 0);
  });
}

/** A part of an address; as it stands, if somebody mistyped it so that it says nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The parts of the address after `/console`. */
export function usePlace(): string[] {
  const [place, set] = useState(here);
  useEffect(() => {
    const tell = () => {
      shown = here();
      set(shown);
    };
    tell();
    changed.addEventListener('changed', tell);
    return () => changed.removeEventListener('changed', tell);
  }, []);
  return place === '' ? [] : place.split('/').map(decoded);
}

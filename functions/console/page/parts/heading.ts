import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Puts whoever goes to another page at its heading, once it is there: keyboard and screen reader go on from it, instead of from the
 * top or from a link of the page before. Who has gone on by themselves meanwhile is left where they are.
 */
export function useHeading(main: RefObject<HTMLElement | null>, page: string): void {
  const before = useRef('');
  useEffect(() => {
    if (page === '') return; // on the way to one's first page
    const arrives = before.current !== '' && before.current !== page;
    before.current = page;
    const within = main.current;
    if (!arrives || !within) return;
    const from = document.activeElement;
    const observer = new MutationObserver(() => look());
    const look = () => {
      const on = document.activeElement;
      const moved = on !== from && on !== document.body;
      const heading = within.querySelector('h1');
      if (!moved && !heading) return;
      observer.disconnect();
      if (moved || !heading) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    observer.observe(within, { childList: true, subtree: true });
    look();
    return () => observer.disconnect();
  }, [main, page]);
}

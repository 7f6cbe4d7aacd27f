import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isUnanswered } from './calls.ts';

/** What was asked, as far as it has come. */
export interface Live<T> {
  data: T | undefined;
  error: unknown;
  /** Asks again, now. */
  refresh: () => Promise<void>;
}

/** Nobody answered, and it is asked again by itself. */
export class AskedAgain extends Error {
  override readonly name = 'AskedAgain';
}

const EVERY = 4000;

/**
 * Asks, and asks again every few seconds as long as the page is looked at. Nothing is drawn anew when nothing changed.
 * @param about what the question is about: another, and it is asked afresh
 */
export function useLive<T>(ask: () => Promise<T>, about: string, every = EVERY): Live<T> {
  const [state, set] = useState<{ about: string; data?: T; error?: unknown }>({ about });
  const asking = useRef(ask);
  asking.current = ask;

  const refresh = useCallback(async () => {
    try {
      const data = await asking.current();
      set((before) => (before.about === about && before.data === data && !before.error ? before : { about, data }));
    } catch (caught) {
      const error = isUnanswered(caught) ? new AskedAgain('', { cause: caught }) : caught;
      set((before) => (before.about === about ? { ...before, error } : { about, error }));
    }
  }, [about]);

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = () => {
      clearTimeout(timer);
      if (!ended && document.visibilityState === 'visible') timer = setTimeout(again, every);
    };
    const again = () => refresh().finally(next);
    const seen = () => {
      if (document.visibilityState === 'visible') again();
    };
    again();
    document.addEventListener('visibilitychange', seen);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [refresh, every]);

  const current = state.about === about ? state : { about };
  return { data: current.data, error: current.error, refresh };
}

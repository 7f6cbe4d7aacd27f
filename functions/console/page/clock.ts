import { useEffect, useState } from 'preact/hooks';

/** How far the system's clock is ahead of this device's (milliseconds). */
let ahead = 0;

/** Takes the system's time (ISO 8601) for the time: a phone's own clock may be wrong. */
export function setClock(iso: string): void {
  ahead = Date.parse(iso) - Date.now();
}

/** The time, as the system has it. */
export const now = (): Date => new Date(Date.now() + ahead);

const listeners = new Set<() => void>();
setInterval(() => {
  if (document.visibilityState === 'visible') for (const tell of listeners) tell();
}, 1000);

/** The time, anew each second. */
export function useNow(): Date {
  const [at, set] = useState(now);
  useEffect(() => {
    const tell = () => set(now());
    listeners.add(tell);
    return () => {
      listeners.delete(tell);
    };
  }, []);
  return at;
}

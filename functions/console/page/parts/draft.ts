import { useState } from 'preact/hooks';

const PREFIX = 'leadkeeper.draft.';

/**
 * Text that is being written, kept in this tab until it is emptied: who looks elsewhere meanwhile, loads the page anew or has to
 * sign in again finds it as it was.
 * @param about what it is about: each has its own
 */
export function useDraft(about: string): [string, (text: string) => void] {
  const key = PREFIX + about;
  const [text, set] = useState(() => sessionStorage.getItem(key) ?? '');
  const write = (next: string) => {
    set(next);
    if (next === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, next);
  };
  return [text, write];
}

/** Forgets all drafts: somebody else may sign in here. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

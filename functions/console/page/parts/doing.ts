import { useState } from 'preact/hooks';

/** Something that is done at a press: whether it is under way, and what went wrong the last time. */
export interface Doing {
  busy: boolean;
  error: unknown;
  /** Does it, unless it is under way; gives whether all went well. */
  run: (what: () => Promise<unknown>) => Promise<boolean>;
}

/** Keeps a press from doing twice what it does. */
export function useDoing(): Doing {
  const [state, set] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });
  const run = async (what: () => Promise<unknown>): Promise<boolean> => {
    if (state.busy) return false;
    set({ busy: true, error: undefined });
    try {
      await what();
      set({ busy: false, error: undefined });
      return true;
    } catch (error) {
      set({ busy: false, error });
      return false;
    }
  };
  return { ...state, run };
}

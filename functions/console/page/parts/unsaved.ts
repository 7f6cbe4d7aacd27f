import { useEffect } from 'preact/hooks';
import { askBeforeLeaving } from '../address.ts';
import { t } from '../words.ts';

/** As long as there is something on the page that is not published, whoever leaves it is asked whether they mean to. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', ask);
    askBeforeLeaving(() => confirm(t('leave')));
    return () => {
      removeEventListener('beforeunload', ask);
      askBeforeLeaving(() => true);
    };
  }, [unsaved]);
}

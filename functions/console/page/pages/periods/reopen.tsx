import { useState } from 'preact/hooks';
import { call } from '../../calls.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble } from '../../parts/states.tsx';
import { t } from '../../words.ts';

interface ReopenProps {
  period: string;
  close: () => void;
  done: () => Promise<void>;
}

/** Opens a closed period again, with a reason. */
export function Reopen({ period, close, done }: ReopenProps) {
  const [reason, say] = useState('');
  const { busy, error, run } = useDoing();
  const reopen = async (event: Event) => {
    event.preventDefault();
    if (!(await run(() => call('POST', '/cycles/{period}/reopen', { params: { period }, body: { reason } })))) return;
    tell(t('periods.reopened', { period }));
    close();
    await done();
  };
  return (
    <Dialog title={t('periods.reopenOf', { period })} close={close}>
      <p>{t('periods.reopen.about')}</p>
      <form onSubmit={reopen}>
        <label>
          {t('assign.reason')}
          <input required maxLength={500} value={reason} onInput={({ currentTarget }) => say(currentTarget.value)} />
        </label>
        {error ? <Trouble error={error} /> : null}
        <div class="bar end">
          <button type="button" onClick={close}>
            {t('cancel')}
          </button>
          <button type="submit" class="danger" disabled={busy || reason.trim() === ''}>
            {t('periods.reopen')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

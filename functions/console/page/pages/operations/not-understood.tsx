import { call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, said, t } from '../../words.ts';

const SLOW = 10_000;

/** What sources sent and intake could not understand: taken in again once the mapping is mended. */
export function NotUnderstood() {
  const { data, error, refresh } = useLive(
    () => call('GET', '/intake/quarantine', { query: { limit: 50 } }),
    'not understood',
    SLOW,
  );
  const { busy, error: refused, run } = useDoing();
  const one = async (quarantineId: string) => {
    await call('POST', '/intake/quarantine/{quarantineId}/retake', { params: { quarantineId } });
    tell(t('intake.retaken'));
    await refresh();
  };
  const all = async () => {
    await call('POST', '/intake/quarantine/retake', { body: {} });
    tell(t('intake.retaken'));
    await refresh();
  };
  return (
    <section aria-labelledby="intake">
      <h2 id="intake">
        {t('intake.title')}{' '}
        <span class="count">{data ? `${data.items.length}${data.nextCursor ? '+' : ''}` : '…'}</span>
      </h2>
      {error ? <Trouble error={error} /> : null}
      {refused ? <Trouble error={refused} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <p class="dim">{t('intake.none')}</p>}
      {data && data.items.length > 1 && (
        <button type="button" disabled={busy} onClick={() => run(all)}>
          {t('intake.all')}
        </button>
      )}
      <ul class="cards">
        {data?.items.map(({ quarantineId, source, kind, status, reason, at, retakes, preview }) => (
          <li key={quarantineId} class="card">
            <div class="card-body">
              <span class="card-title">{named('source', source)}</span>{' '}
              <span class="dim">
                {moment(at)}
                {retakes > 0 && ` · ${t('intake.tried', { times: retakes })}`}
              </span>
              <p>{said(reason)}</p>
              <details>
                <summary>{t('quarantine.raw')}</summary>
                <pre>{preview}</pre>
              </details>
            </div>
            {kind !== 'erasure' && (
              <button
                type="button"
                disabled={busy || status === 'retaking'}
                onClick={() => run(() => one(quarantineId))}
              >
                {t('retry')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

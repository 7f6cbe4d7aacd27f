import { call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Cut, Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, said, t } from '../../words.ts';

/** Messages that could not be understood or dealt with; those that can be read are sent on their way again. */
export function Quarantine() {
  const { data, error, refresh } = useLive(
    () => call('GET', '/quarantine', { query: { limit: 100 } }),
    'quarantine',
    10_000,
  );
  const { busy, error: refused, run } = useDoing();
  const waiting = data?.items.filter(({ type, redriven }) => type !== undefined && redriven === undefined) ?? [];
  const one = async (quarantineId: string) => {
    await call('POST', '/quarantine/{quarantineId}/redrive', { params: { quarantineId } });
    tell(t('quarantine.sent'));
    await refresh();
  };
  const all = async () => {
    await call('POST', '/quarantine/redrive');
    tell(t('quarantine.sent'));
    await refresh();
  };
  return (
    <section aria-labelledby="quarantine">
      <h2 id="quarantine">
        {t('quarantine.title')} <span class="count">{data ? waiting.length : '…'}</span>
      </h2>
      {error ? <Trouble error={error} /> : null}
      {refused ? <Trouble error={refused} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <p class="dim">{t('quarantine.none')}</p>}
      {waiting.length > 1 && (
        <button type="button" disabled={busy} onClick={() => run(all)}>
          {t('quarantine.all')}
        </button>
      )}
      <ul class="cards">
        {data?.items.map(({ quarantineId, step, reason, raw, at, type, redrivenAt, redriven }) => (
          <li key={quarantineId} class="card">
            <div class="card-body">
              <span class="card-title">
                {step}: {type ? named('event', type) : t('quarantine.unreadable')}
              </span>
              <p>
                {moment(at)} · {said(reason)}
              </p>
              {redrivenAt && (
                <p class="dim">{t('quarantine.again', { time: moment(redrivenAt), times: redriven ?? 1 })}</p>
              )}
              <details>
                <summary>{t('quarantine.raw')}</summary>
                <pre>{raw}</pre>
              </details>
            </div>
            {type && (
              <button type="button" disabled={busy} onClick={() => run(() => one(quarantineId))}>
                {t('retry')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Cut of={data} />
    </section>
  );
}

import { call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, t } from '../../words.ts';

/** The breakers; those that are open first. */
export function Breakers() {
  const { data, error, refresh } = useLive(() => call('GET', '/breakers'), 'breakers');
  const { busy, error: refused, run } = useDoing();
  const open = data?.items.filter(({ state }) => state !== 'closed') ?? [];
  const reset = async (cause: string) => {
    await call('POST', '/breakers/{cause}/reset', { params: { cause } });
    tell(t('breakers.closed'));
    await refresh();
  };
  return (
    <section aria-labelledby="breakers">
      <h2 id="breakers">
        {t('breakers.title')} <span class="count">{data ? open.length : '…'}</span>
      </h2>
      {error ? <Trouble error={error} /> : null}
      {refused ? <Trouble error={refused} /> : null}
      {!data && !error && <Waiting />}
      {data && open.length === 0 && <p class="dim">{t('breakers.none')}</p>}
      <ul class="cards">
        {open.map(({ cause, state, openedAt, failures, held, tryAt }) => (
          <li key={cause} class="card">
            <div class="card-body">
              <span class="card-title">{named('cause', cause)}</span>
              <p>
                <span class="due late">{named('breaker', state)}</span>{' '}
                {openedAt && t('breakers.since', { time: moment(openedAt) })}
              </p>
              <p class="dim">
                {t('breakers.held', { failures, held })}
                {tryAt && ` · ${t('breakers.tryAt', { time: moment(tryAt) })}`}
              </p>
            </div>
            <button type="button" disabled={busy} onClick={() => run(() => reset(cause))}>
              {t('breakers.reset')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

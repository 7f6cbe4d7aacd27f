import { go } from '../address.ts';
import { call } from '../calls.ts';
import { gathered } from '../gathered.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { useDoing } from '../parts/doing.ts';
import { Grade } from '../parts/lead.tsx';
import { tell } from '../parts/notices.tsx';
import { Cut, Nothing, Trouble, Waiting } from '../parts/states.tsx';
import { moment, named, t } from '../words.ts';

/** As many of them are shown. */
const MOST = 1000;

/** What lies in the pool, for whoever is first. */
export function Pool({ me }: PageProps) {
  const { data, error, refresh } = useLive(() => gathered(MOST, (at) => call('GET', '/pool', { query: at })), 'pool');
  const claim = useDoing();
  const take = async (leadId: string) => {
    try {
      await call('POST', '/pool/{leadId}/claim', { params: { leadId } });
      tell(t('pool.taken'));
      go(`leads/${leadId}`);
    } finally {
      await refresh();
    }
  };
  const mayTake = me.rep !== undefined && me.rep.capacity > 0;
  return (
    <>
      <h1>{t('menu.pool')}</h1>
      <p class="dim">{t('pool.about')}</p>
      {claim.error ? <Trouble error={claim.error} /> : null}
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <Nothing title={t('pool.none')}>{t('pool.none.next')}</Nothing>}
      <ul class="cards">
        {data?.items.map(({ leadId, grade, since, productLine, industry, source, notBefore }) => (
          <li key={leadId} class="card">
            <Grade grade={grade} />
            <div class="card-body">
              <span class="card-title">
                {[productLine, industry].filter(Boolean).join(' · ') || named('source', source)}
              </span>
              <p class="dim">{t('pool.since', { time: moment(since) })}</p>
              {notBefore && <p class="due late">{t('pool.notBefore', { time: moment(notBefore) })}</p>}
            </div>
            {mayTake && (
              <button
                type="button"
                class="main"
                disabled={claim.busy || notBefore !== undefined}
                onClick={() => claim.run(() => take(leadId))}
              >
                {t('pool.take')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Cut of={data} />
    </>
  );
}

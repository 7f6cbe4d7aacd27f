import { to } from '../address.ts';
import { call } from '../calls.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { useNames } from '../parts/people.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Trouble } from '../parts/states.tsx';
import { moment, named, number, t } from '../words.ts';
import { Process } from './reports/process.tsx';
import { ResponseTimes } from './reports/response-times.tsx';
import { Stability } from './reports/stability.tsx';

const SLOW = 20_000;

/** How fast customers are called, what was missed, and whether the system gets it right. */
export function Reports({ me }: PageProps) {
  return (
    <>
      <h1>{t('menu.reports')}</h1>
      <ResponseTimes />
      <Process />
      <Exceptions />
      <Stability />
      {me.role === 'admin' && <Reconciliation />}
    </>
  );
}

function Exceptions() {
  const nameOf = useNames();
  const { data, error } = useLive(() => call('GET', '/reports/exceptions'), 'exceptions', SLOW);
  return (
    <section aria-labelledby="exceptions">
      <h2 id="exceptions">
        {t('exceptions.title')} <span class="count">{data?.items.length ?? '…'}</span>
      </h2>
      {error ? <Trouble error={error} /> : null}
      {data?.items.length === 0 && <p class="dim">{t('exceptions.none')}</p>}
      {data && data.items.length > 0 && (
        <Scroll>
          <table>
            <thead>
              <tr>
                <th>{t('exceptions.lead')}</th>
                <th>{t('exceptions.due')}</th>
                <th>{t('decision.who')}</th>
                <th>{t('exceptions.became')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map(({ leadId, dueAt, repId, why, status, firstContactAt, withdrawnBy }) => (
                <tr key={`${leadId} ${dueAt}`}>
                  <th scope="row">
                    <a href={to(`leads/${leadId}`)}>…{leadId.slice(-6)}</a>
                  </th>
                  <td>{moment(dueAt)}</td>
                  <td>{repId ? nameOf(repId) : '–'}</td>
                  <td>
                    {named('status', status)}
                    {why && ` · ${named('why', why)}`}
                    {withdrawnBy && ` · ${t('exceptions.withdrawn')}`}
                    {firstContactAt && ` · ${t('exceptions.contacted', { time: moment(firstContactAt) })}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

const places = ['assigned', 'manual', 'pool', 'duplicate', 'rejected', 'closed', 'inFlight'] as const;

function Reconciliation() {
  const { data, error } = useLive(() => call('GET', '/reports/reconciliation'), 'reconciliation', SLOW);
  return (
    <section aria-labelledby="reconciliation">
      <h2 id="reconciliation">{t('reconciliation.title')}</h2>
      {error ? <Trouble error={error} /> : null}
      {data && (
        <>
          <p>
            {t('reconciliation.received', { count: number(data.received) })} ={' '}
            {places.map((place) => `${number(data[place])} ${named('place', place)}`).join(' + ')}
          </p>
          <p class={`due ${data.difference === 0 ? 'fine' : 'late'}`}>
            {data.difference === 0
              ? `✓ ${t('reconciliation.whole')}`
              : t('reconciliation.difference', { count: data.difference, leads: data.leadIds.join(' ') })}
          </p>
        </>
      )}
    </section>
  );
}

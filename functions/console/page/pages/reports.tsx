import { to } from '../address.ts';
import { type Answer, call } from '../calls.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { Trouble, Waiting } from '../parts/states.tsx';
import { moment, named, number, percent, span, t } from '../words.ts';
import { Process } from './reports/process.tsx';

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

const minutes = (value: number | null): string => (value === null ? '–' : span(value * 60_000));

/** The article's table: by the time to the first contact, how many leads were won. */
function ResponseTimes() {
  const { data, error } = useLive(
    () => call('GET', '/reports/response-time', { query: { by: 'rep' } }),
    'response',
    SLOW,
  );
  return (
    <section aria-labelledby="response">
      <h2 id="response">{t('response.title')}</h2>
      <p class="dim">{t('response.about')}</p>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <p>
            {t('response.median', { time: minutes(data.medianMinutes) })} ·{' '}
            {t('response.p90', { time: minutes(data.p90Minutes) })}
          </p>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>{t('response.range')}</th>
                  <th class="number">{t('response.leads')}</th>
                  <th class="number">{t('response.converted')}</th>
                  <th class="number">{t('response.conversion')}</th>
                  <th class="number">{t('response.benchmark')}</th>
                  <th class="wide">{t('response.compared')}</th>
                </tr>
              </thead>
              <tbody>
                {data.buckets.map((bucket) => (
                  <Bucket key={bucket.range} bucket={bucket} />
                ))}
              </tbody>
            </table>
          </div>
          {data.groups && Object.keys(data.groups).length > 0 && (
            <>
              <h3>{t('response.byRep')}</h3>
              <div class="scroll">
                <table>
                  <thead>
                    <tr>
                      <th>{t('decision.who')}</th>
                      {data.buckets.map(({ range }) => (
                        <th key={range} class="number">
                          {range}
                        </th>
                      ))}
                      <th class="number">{t('response.medianShort')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {Object.entries(data.groups).map(([repId, group]) => (
                      <tr key={repId}>
                        <th scope="row">{repId || '–'}</th>
                        {group.buckets.map(({ range, leads }) => (
                          <td key={range} class="number">
                            {number(leads)}
                          </td>
                        ))}
                        <td class="number">{minutes(group.medianMinutes)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )}
        </>
      )}
    </section>
  );
}

type BucketData = Answer<'GET', '/reports/response-time'>['buckets'][number];

function Bucket({ bucket: { range, leads, converted, conversion, benchmark } }: { bucket: BucketData }) {
  // Benchmarks end at 40 %: twice that is the whole width.
  const width = (share: number | null) => ({ width: `${Math.min(1, (share ?? 0) / 0.8) * 100}%` });
  return (
    <tr>
      <th scope="row">{range}</th>
      <td class="number">{number(leads)}</td>
      <td class="number">{number(converted)}</td>
      <td class="number">{percent(conversion)}</td>
      <td class="number">{percent(benchmark)}</td>
      <td class="bar-cell wide" aria-hidden="true">
        <div class="meter" style={width(conversion)} />
        <div class="meter pale" style={width(benchmark)} />
      </td>
    </tr>
  );
}

function Exceptions() {
  const { data, error } = useLive(() => call('GET', '/reports/exceptions'), 'exceptions', SLOW);
  return (
    <section aria-labelledby="exceptions">
      <h2 id="exceptions">{t('exceptions.title')}</h2>
      {error ? <Trouble error={error} /> : null}
      {data?.items.length === 0 && <p class="dim">{t('exceptions.none')}</p>}
      {data && data.items.length > 0 && (
        <div class="scroll">
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
                  <td>{repId ?? '–'}</td>
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
        </div>
      )}
    </section>
  );
}

function Stability() {
  const { data, error } = useLive(() => call('GET', '/reports/stability'), 'stability', SLOW);
  return (
    <section aria-labelledby="stability">
      <h2 id="stability">{t('stability.title')}</h2>
      {error ? <Trouble error={error} /> : null}
      {data && (
        <>
          <p class="figure">{percent(data.share)}</p>
          <p class="dim">{t('stability.about', { attempts: number(data.attempts), correct: number(data.correct) })}</p>
          <ul>
            {Object.entries(data.causes).map(([cause, count]) => (
              <li key={cause}>
                {named('cause', cause)}: {number(count)}
              </li>
            ))}
          </ul>
        </>
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

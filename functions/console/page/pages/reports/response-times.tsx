import { type Answer, call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { Chart } from '../../parts/chart.tsx';
import { useNames } from '../../parts/people.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Trouble, Waiting } from '../../parts/states.tsx';
import { number, percent, span, t } from '../../words.ts';

const SLOW = 20_000;

type Times = Answer<'GET', '/reports/response-time'>;

const minutes = (value: number | null): string => (value === null ? '–' : span(value * 60_000));

/** The article's table: by the time to the first contact, how many leads were won. */
export function ResponseTimes() {
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
          <div class="with-plot">
            <Buckets times={data} />
            <Chart
              title={t('response.title')}
              plot={{
                kind: 'bars',
                labels: data.buckets.map(({ range }) => range),
                series: [
                  { name: t('response.conversion'), values: data.buckets.map(({ conversion }) => conversion) },
                  { name: t('response.benchmark'), values: data.buckets.map(({ benchmark }) => benchmark), pale: true },
                ],
                format: percent,
              }}
            />
          </div>
          {data.groups && Object.keys(data.groups).length > 0 && <ByRep times={data} groups={data.groups} />}
        </>
      )}
    </section>
  );
}

const Buckets = ({ times: { buckets } }: { times: Times }) => (
  <Scroll>
    <table>
      <thead>
        <tr>
          <th>{t('response.range')}</th>
          <th class="number">{t('response.leads')}</th>
          <th class="number">{t('response.converted')}</th>
          <th class="number">{t('response.conversion')}</th>
          <th class="number">{t('response.benchmark')}</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map(({ range, leads, converted, conversion, benchmark }) => (
          <tr key={range}>
            <th scope="row">{range}</th>
            <td class="number">{number(leads)}</td>
            <td class="number">{number(converted)}</td>
            <td class="number">{percent(conversion)}</td>
            <td class="number">{percent(benchmark)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

function ByRep({ times, groups }: { times: Times; groups: NonNullable<Times['groups']> }) {
  const nameOf = useNames();
  return (
    <>
      <h3>{t('response.byRep')}</h3>
      <Scroll>
        <table>
          <thead>
            <tr>
              <th>{t('decision.who')}</th>
              {times.buckets.map(({ range }) => (
                <th key={range} class="number">
                  {range}
                </th>
              ))}
              <th class="number">{t('response.medianShort')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(groups).map(([repId, { buckets, medianMinutes }]) => (
              <tr key={repId}>
                <th scope="row">{repId === '' ? '–' : nameOf(repId)}</th>
                {buckets.map(({ range, leads }) => (
                  <td key={range} class="number">
                    {number(leads)}
                  </td>
                ))}
                <td class="number">{minutes(medianMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

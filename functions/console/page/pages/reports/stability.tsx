import { call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { Chart } from '../../parts/chart.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Trouble } from '../../parts/states.tsx';
import { day as dayOf, named, number, percent, t } from '../../words.ts';

const SLOW = 20_000;

/** How many of the system's attempts gave the lead to somebody entitled, day by day. */
export function Stability() {
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
          <div class="with-plot">
            <Scroll>
              <table>
                <thead>
                  <tr>
                    <th>{t('stability.day')}</th>
                    <th class="number">{t('stability.attempts')}</th>
                    <th class="number">{t('stability.correct')}</th>
                    <th class="number">{t('stability.share')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.days.map(({ day, attempts, correct, share }) => (
                    <tr key={day}>
                      <th scope="row">{dayOf(day)}</th>
                      <td class="number">{number(attempts)}</td>
                      <td class="number">{number(correct)}</td>
                      <td class="number">{percent(share)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            <Chart
              title={t('stability.title')}
              plot={{
                kind: 'lines',
                labels: data.days.map(({ day }) => dayOf(day)),
                series: [{ name: t('stability.share'), values: data.days.map(({ share }) => share) }],
                format: percent,
                most: 1,
              }}
            />
          </div>
        </>
      )}
    </section>
  );
}

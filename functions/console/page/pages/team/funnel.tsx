import type { Answer } from '../../calls.ts';
import { Chart } from '../../parts/chart.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { day, named, number, percent, t } from '../../words.ts';

/** How far leads came, as it is counted. */
export type Board = Answer<'GET', '/reports/board'>;

/** How many leads came into each column, how many went on, and how many did not (yet). */
export function Funnel({ board: { from, to, columns, lost, aside }, ofTeam }: { board: Board; ofTeam: boolean }) {
  const title = t('funnel.title', { from: day(from), to: day(to) });
  return (
    <section aria-labelledby="funnel">
      <h2 id="funnel">{title}</h2>
      {ofTeam && <p class="dim">{t('funnel.ofTeam')}</p>}
      <div class="with-plot">
        <Scroll>
          <table>
            <thead>
              <tr>
                <th>{t('funnel.column')}</th>
                <th class="number">{t('funnel.leads')}</th>
                <th class="number">{t('funnel.conversion')}</th>
                <th class="number">{t('funnel.dropOff')}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map(({ name, leads, conversion, dropOff }, at) => (
                <tr key={name}>
                  <th scope="row">{named('passed', name)}</th>
                  <td class="number">{number(leads)}</td>
                  <td class="number">{percent(conversion)}</td>
                  <td class="number">{at === 0 ? '–' : number(dropOff)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        <Chart
          title={title}
          plot={{
            kind: 'funnel',
            labels: columns.map(({ name }) => named('passed', name)),
            series: [{ name: t('funnel.leads'), values: columns.map(({ leads }) => leads) }],
            format: number,
          }}
        />
      </div>
      <p class="dim">
        {t('funnel.beside', {
          lost: number(lost),
          duplicate: number(aside.duplicate),
          rejected: number(aside.rejected),
        })}
      </p>
    </section>
  );
}

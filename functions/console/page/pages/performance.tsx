import { useState } from 'preact/hooks';
import { to } from '../address.ts';
import { call } from '../calls.ts';
import { now } from '../clock.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { Chart } from '../parts/chart.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Nothing, Trouble, Waiting } from '../parts/states.tsx';
import { number, t } from '../words.ts';
import { Card } from './performance/card.tsx';
import { Choose } from './performance/choose.tsx';
import { Invitations } from './performance/feedback.tsx';
import { periods } from './performance/periods.ts';
import { Tabs } from './performance/tabs.tsx';

const SLOW = 30_000;
/** As many of the best are drawn; the table has all. */
const DRAWN = 30;

/** How well everybody did, by the records: one's own card, or the ranking, from which each card opens. */
export function Performance({ me, rest: [chosen] }: PageProps) {
  const choices = periods(now());
  const [period, choose] = useState(choices[0] ?? '');
  const repId = chosen ?? (me.role === 'rep' ? me.rep?.repId : undefined);
  return (
    <>
      <Tabs here="performance" me={me} />
      <div class="title-row">
        <h1>{t('menu.performance')}</h1>
        <Choose period={period} choices={choices} choose={choose} />
      </div>
      {chosen && me.role !== 'rep' && <a href={to('performance')}>{t('performance.back')}</a>}
      {repId ? <Card key={`${repId} ${period}`} me={me} repId={repId} period={period} /> : <Ranking period={period} />}
      {!chosen && me.rep && <Invitations />}
    </>
  );
}

function Ranking({ period }: { period: string }) {
  const { data, error } = useLive(() => call('GET', '/rankings', { query: { period } }), `ranking ${period}`, SLOW);
  return (
    <section aria-labelledby="ranking">
      <h2 id="ranking">{t('performance.ranking')}</h2>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <Nothing title={t('performance.nobody')} />}
      {data && data.items.length > 0 && (
        <>
          <p class="dim">
            {t(data.closed ? 'performance.closed' : 'performance.running')}
            {data.mean !== null && ` · ${t('performance.mean', { score: number(data.mean, 2) })}`}
          </p>
          <Chart
            title={t('performance.ranking')}
            plot={{
              kind: 'bars',
              lying: true,
              labels: data.items.slice(0, DRAWN).map(({ name }) => name),
              series: [{ name: t('performance.score'), values: data.items.slice(0, DRAWN).map(({ score }) => score) }],
              format: (points) => number(points, 1),
              ...(data.mean === null
                ? {}
                : {
                    mark: {
                      at: data.mean,
                      name: t('performance.mean', { score: number(data.mean, 1) }),
                      along: 'x' as const,
                    },
                  }),
            }}
          />
          <Scroll>
            <table>
              <thead>
                <tr>
                  <th class="number">{t('performance.rank')}</th>
                  <th>{t('decision.who')}</th>
                  <th class="number">{t('performance.score')}</th>
                  <th>{t('performance.grade')}</th>
                  <th class="number">{t('performance.coefficient')}</th>
                </tr>
              </thead>
              <tbody>
                {data.items.map(({ rank, repId, name, teamId, score, grade, coefficient }) => (
                  <tr key={repId}>
                    <td class="number">{rank ?? '–'}</td>
                    <th scope="row">
                      <a href={to(`performance/${repId}`)}>{name}</a> <span class="dim">{teamId}</span>
                    </th>
                    <td class="number">{score === null ? '–' : number(score, 2)}</td>
                    <td>{grade ?? '–'}</td>
                    <td class="number">{coefficient === null ? '–' : number(coefficient, 4)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { type Answer, call, type Me } from '../../calls.ts';
import { gathered } from '../../gathered.ts';
import { useLive } from '../../live.ts';
import { Chart } from '../../parts/chart.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Cut, Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, number, said, t } from '../../words.ts';
import { Appeals } from './appeals.tsx';
import { Feedback } from './feedback.tsx';
import { periodBefore } from './periods.ts';

const SLOW = 30_000;
const RARELY = 300_000;
/** As many records of a figure are shown. */
const MOST = 1000;

type Shown = Answer<'GET', '/scorecards/{repId}'>;
type Measure = Shown['components'][number];
type Fact = Measure['facts'][number];

const figure = (value: number | null): string => (value === null ? '–' : number(value, 2));

/** Somebody's score: what it is made of, by which records, and what would raise it most. */
export function Card({ me, repId, period }: { me: Me; repId: string; period: string }) {
  const { data, error } = useLive(
    () => call('GET', '/scorecards/{repId}', { params: { repId }, query: { period } }),
    `card ${repId} ${period}`,
    SLOW,
  );
  const earlier = periodBefore(period);
  const before = useLive(
    () => call('GET', '/scorecards/{repId}', { params: { repId }, query: { period: earlier } }),
    `card ${repId} ${earlier}`,
    RARELY,
  );
  const [opened, open] = useState<Fact>();
  if (error) return <Trouble error={error} />;
  if (!data) return <Waiting />;
  return (
    <>
      <section aria-labelledby="card">
        <h2 id="card">{data.name}</h2>
        <p>
          <span class="figure">{data.score === null ? '–' : number(data.score, 2)}</span>{' '}
          {before.data && (
            <span class="dim">{t('performance.earlier', { period: earlier, score: figure(before.data.score) })}</span>
          )}
        </p>
        <p>
          {data.score === null
            ? data.why && said(data.why)
            : t('performance.means', { grade: data.grade ?? '–', coefficient: figure(data.coefficient) })}
        </p>
        <p class="dim">
          {data.segments
            .map(({ planName, from, days }) => `${planName} · ${from} · ${t('performance.days', { days })}`)
            .join(' | ')}
        </p>
        <p class={`due ${data.frozen && !data.frozen.intact ? 'late' : 'fine'}`}>
          {data.frozen
            ? t(data.frozen.intact ? 'performance.frozen' : 'performance.broken', {
                time: moment(data.frozen.closedAt),
              })
            : t('performance.running')}
        </p>
      </section>
      <Composition card={data} before={before.data} open={open} />
      {data.raises.length > 0 && (
        <section aria-labelledby="raises">
          <h2 id="raises">{t('performance.raises')}</h2>
          <ol>
            {data.raises.map(({ segment, id, name, from, to: until, gain }) => (
              <li key={`${segment} ${id}`}>
                {named('measure', name)}: {number(from, 2)} → {number(until, 2)}{' '}
                <strong>{t('performance.gain', { gain: number(gain, 2) })}</strong>
              </li>
            ))}
          </ol>
        </section>
      )}
      {data.suggestions.length > 0 && (
        <section aria-labelledby="suggestions">
          <h2 id="suggestions">{t('performance.suggestions')}</h2>
          <ul>
            {data.suggestions.map(({ kind, suggest, because }) => (
              <li key={suggest}>
                {named('suggestion', kind)}: {named('measure', suggest)} <code>{because}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.frozen && <Appeals me={me} repId={repId} period={period} until={data.frozen.appealsUntil} />}
      <Feedback repId={repId} />
      {opened && <Records repId={repId} period={period} fact={opened} close={() => open(undefined)} />}
    </>
  );
}

interface CompositionProps {
  card: Shown;
  before: Shown | undefined;
  open: (fact: Fact) => void;
}

/** Each measure with its points and what it counts for, beside the period before; what is missing, and why. */
function Composition({ card, before, open }: CompositionProps) {
  const earlier = (id: string): number | null => before?.components.findLast((each) => each.id === id)?.score ?? null;
  return (
    <section aria-labelledby="composition">
      <h2 id="composition">{t('performance.composition')}</h2>
      <Chart
        title={t('performance.composition')}
        plot={{
          kind: 'bars',
          lying: true,
          labels: card.components.map(({ name }) => named('measure', name)),
          series: [
            { name: card.period.name, values: card.components.map(({ score }) => score) },
            {
              name: before?.period.name ?? t('performance.before'),
              values: card.components.map(({ id }) => earlier(id)),
              pale: true,
            },
          ],
          format: (points) => number(points, 1),
          mark: { at: 100, name: t('performance.target'), along: 'x' },
        }}
      />
      <Scroll>
        <table class="stacks">
          <thead>
            <tr>
              <th>{t('performance.measure')}</th>
              <th class="number">{t('performance.value')}</th>
              <th class="number">{t('performance.target')}</th>
              <th class="number">{t('performance.points')}</th>
              <th class="number">{t('performance.before')}</th>
              <th class="number">{t('performance.counts')}</th>
              <th>{t('performance.records')}</th>
            </tr>
          </thead>
          <tbody>
            {card.components.map((measure) => (
              <Row
                key={`${measure.segment} ${measure.id}`}
                measure={measure}
                earlier={earlier(measure.id)}
                open={open}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

interface RowProps {
  measure: Measure;
  earlier: number | null;
  open: (fact: Fact) => void;
}

function Row({ measure: { name, value, target, score, counts, missing, facts }, earlier, open }: RowProps) {
  return (
    <tr>
      <th scope="row">
        {named('measure', name)}
        {missing && <span class="dim"> {t('performance.missing')}</span>}
      </th>
      <td class="number" data-label={t('performance.value')}>
        {figure(value)}
      </td>
      <td class="number" data-label={t('performance.target')}>
        {number(target, 2)}
      </td>
      <td class="number" data-label={t('performance.points')}>
        {figure(score)}
      </td>
      <td class="number" data-label={t('performance.before')}>
        {figure(earlier)}
      </td>
      <td class="number" data-label={t('performance.counts')}>
        {number(counts, 1)} %
      </td>
      <td>
        {facts.map((fact) => (
          <button key={fact} type="button" class="quiet" onClick={() => open(fact)}>
            {named('work', fact)}
          </button>
        ))}
      </td>
    </tr>
  );
}

/** The records behind a figure. */
function Records({ repId, period, fact, close }: { repId: string; period: string; fact: Fact; close: () => void }) {
  const { data, error } = useLive(
    () =>
      gathered(MOST, (at) =>
        call('GET', '/scorecards/{repId}/records', { params: { repId }, query: { period, fact, ...at } }),
      ),
    `records ${repId} ${period} ${fact}`,
    SLOW,
  );
  return (
    <Dialog title={t('performance.recordsOf', { fact: named('work', fact) })} close={close}>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && <p>{t('performance.noRecords')}</p>}
      <ul>
        {data?.items.map(({ recordId, at, what, counts, leadId, href }) => (
          <li key={recordId}>
            {at.length > 10 ? moment(at) : at} · {named('record', what)} · {number(counts ?? 0, 2)}{' '}
            {leadId ? (
              <a href={to(`leads/${leadId}`)}>…{leadId.slice(-6)}</a>
            ) : (
              href && (
                <a href={href} rel="noreferrer" target="_blank">
                  {href}
                </a>
              )
            )}
          </li>
        ))}
      </ul>
      <Cut of={data} />
    </Dialog>
  );
}

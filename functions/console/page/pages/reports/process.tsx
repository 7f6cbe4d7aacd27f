import { useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { type Answer, call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { Chart } from '../../parts/chart.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Cut, Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, number, percent, t } from '../../words.ts';

const SLOW = 20_000;
type Health = Answer<'GET', '/reports/process-health'>;
type Figure = 'moves' | 'lost' | 'won';
interface Behind {
  figure: Figure;
  stage?: string;
  reason?: string;
}

const hours = (value: number | null): string =>
  value === null ? '–' : t('process.hours', { hours: number(value, 1) });

/** How long deals stay in each stage, how many go on, why they are lost; each figure opens to the deals behind it. */
export function Process() {
  const { data, error } = useLive(() => call('GET', '/reports/process-health'), 'process', SLOW);
  const [behind, open] = useState<Behind>();
  return (
    <section aria-labelledby="process">
      <h2 id="process">{t('process.title')}</h2>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <Scroll>
            <table>
              <thead>
                <tr>
                  <th>{t('process.stage')}</th>
                  <th class="number">{t('process.left')}</th>
                  <th class="number">{t('process.mean')}</th>
                  <th class="number">{t('process.median')}</th>
                  <th class="number">{t('process.target')}</th>
                  <th class="number">{t('process.within')}</th>
                  <th class="number">{t('process.onward')}</th>
                  <th class="number">{t('process.before')}</th>
                </tr>
              </thead>
              <tbody>
                {data.stages.map((stage, at) => (
                  <Stage key={stage.stage} stage={stage} before={data.before.stages[at]} open={open} />
                ))}
              </tbody>
            </table>
          </Scroll>
          <Chart
            title={t('process.title')}
            plot={{
              kind: 'bars',
              labels: data.stages.map(({ stage }) => named('stage', stage)),
              series: [
                { name: t('process.mean'), values: data.stages.map(({ meanHours }) => meanHours) },
                { name: t('process.before'), values: data.before.stages.map(({ meanHours }) => meanHours) },
                { name: t('process.target'), values: data.stages.map(({ targetHours }) => targetHours), pale: true },
              ],
              format: hours,
            }}
          />
          <p>
            <button type="button" class="link" onClick={() => open({ figure: 'won' })}>
              {t('process.cycle', {
                deals: number(data.cycle.deals),
                mean: hours(data.cycle.meanHours),
                target: hours(data.cycle.targetHours),
              })}
            </button>
          </p>
          <p>
            {t('process.contacts', {
              logged: number(data.contacts.logged),
              ineffective: percent(data.contacts.ineffectiveShare),
            })}
          </p>
          <ul>
            {data.lostReasons.map(({ reason, deals }) => (
              <li key={reason}>
                <button type="button" class="link" onClick={() => open({ figure: 'lost', reason })}>
                  {reason || '–'}: {number(deals)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {behind && <Deals behind={behind} close={() => open(undefined)} />}
    </section>
  );
}

type StageHealth = Health['stages'][number];

function Stage({
  stage,
  before,
  open,
}: {
  stage: StageHealth;
  before: StageHealth | undefined;
  open: (behind: Behind) => void;
}) {
  return (
    <tr>
      <th scope="row">{named('stage', stage.stage)}</th>
      <td class="number">
        <button type="button" class="link" onClick={() => open({ figure: 'moves', stage: stage.stage })}>
          {number(stage.left)}
        </button>
      </td>
      <td class="number">{hours(stage.meanHours)}</td>
      <td class="number">{hours(stage.medianHours)}</td>
      <td class="number">{hours(stage.targetHours)}</td>
      <td class="number">{percent(stage.withinTarget)}</td>
      <td class="number">{percent(stage.conversion)}</td>
      <td class="number">{hours(before?.meanHours ?? null)}</td>
    </tr>
  );
}

function Deals({ behind, close }: { behind: Behind; close: () => void }) {
  const { data, error } = useLive(
    () => call('GET', '/reports/process-health/deals', { query: { ...behind, limit: 100 } }),
    JSON.stringify(behind),
    SLOW,
  );
  return (
    <div class="panel">
      <div class="title-row">
        <h3>{t('process.behind')}</h3>
        <button type="button" onClick={close}>
          {t('close')}
        </button>
      </div>
      {error ? <Trouble error={error} /> : null}
      {data?.items.length === 0 && <p class="dim">{t('process.behind.none')}</p>}
      <ul>
        {data?.items.map(({ at, leadId, repId, stage, to: went, hours: stayed, lostReason }) => (
          <li key={`${at} ${leadId}`}>
            <a href={to(`leads/${leadId}`)}>…{leadId.slice(-6)}</a> · {repId} · {named('stage', stage)} →{' '}
            {went && named('stage', went)} · {hours(stayed ?? null)}
            {lostReason && ` · ${lostReason}`} · <time dateTime={at}>{moment(at)}</time>
          </li>
        ))}
      </ul>
      <Cut of={data} />
    </div>
  );
}

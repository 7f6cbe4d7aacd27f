import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { call, type Me, type Rep } from '../calls.ts';
import { now } from '../clock.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { Chart } from '../parts/chart.tsx';
import { readPeople } from '../parts/people.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Cut, Nothing, Trouble, Waiting } from '../parts/states.tsx';
import { day, named, number, percent, t } from '../words.ts';
import { Choose } from './performance/choose.tsx';
import { periods } from './performance/periods.ts';
import { Tabs } from './performance/tabs.tsx';
import { Edit } from './targets/edit.tsx';
import type { Item } from './targets/sheet.ts';

const SLOW = 30_000;
const RARELY = 60_000;

/** What is mostly aimed at; others can be set by the API. */
const measures = [
  'paid',
  'won',
  'newCustomers',
  'contacts',
  'reached',
  'visits',
  'effectiveVisits',
  'answeredInTime',
  'stepsKept',
  'forward',
] as const satisfies readonly Item['measure'][];

/** What is to be reached, by the company, its teams, their people; and how far everybody is, day by day. */
export function Targets({ me }: PageProps) {
  const choices = periods(now());
  const [period, choose] = useState(choices[0] ?? '');
  const [editing, edit] = useState<Item['measure']>();
  const { data, error, refresh } = useLive(
    () => call('GET', '/targets/{period}', { params: { period } }),
    `targets ${period}`,
    SLOW,
  );
  const reps = useLive(async () => (me.role === 'rep' ? { items: [] } : await readPeople()), 'targets of', RARELY);
  const unset = measures.filter((each) => !data?.items.some(({ measure }) => measure === each));
  const form = (measure: Item['measure']) =>
    editing === measure && reps.data ? (
      <Edit
        key={`${period} ${measure}`}
        {...{ me, period, measure, reps: reps.data.items, done: refresh }}
        item={data?.items.find((each) => each.measure === measure)}
        close={() => edit(undefined)}
      />
    ) : null;
  return (
    <>
      <Tabs here="targets" me={me} />
      <div class="title-row">
        <h1>{t('menu.targets')}</h1>
        <Choose period={period} choices={choices} choose={choose} />
      </div>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      <Cut of={reps.data} />
      {data?.items.length === 0 && (
        <Nothing title={t('targets.none')}>
          {t(me.role === 'admin' ? 'targets.none.admin' : 'targets.none.next')}
        </Nothing>
      )}
      {data?.items.map((item) => (
        <Measure key={item.measure} me={me} item={item} reps={reps.data?.items ?? []} edit={() => edit(item.measure)}>
          {form(item.measure)}
        </Measure>
      ))}
      {me.role === 'admin' && data && unset.length > 0 && (
        <section aria-labelledby="new-target">
          <h2 id="new-target">{t('targets.new')}</h2>
          <label>
            {t('targets.measure')}
            <select
              value={unset.find((each) => each === editing) ?? ''}
              onChange={({ currentTarget }) => edit(unset.find((each) => each === currentTarget.value))}
            >
              <option value="">–</option>
              {unset.map((each) => (
                <option key={each} value={each}>
                  {named('work', each)}
                </option>
              ))}
            </select>
          </label>
          {unset.map(form)}
        </section>
      )}
    </>
  );
}

type Progress = NonNullable<Item['company']>;

/** Whose progress somebody looks at first: the company's, their team's, their own. */
const foremost = ({ company, teams: [team], reps: [rep] }: Item): Progress | undefined => company ?? team ?? rep;

interface MeasureProps {
  me: Me;
  item: Item;
  reps: readonly Rep[];
  edit: () => void;
  children: ComponentChildren;
}

function Measure({ me, item, reps, edit, children }: MeasureProps) {
  const nameOf = (repId: string): string => reps.find((rep) => rep.repId === repId)?.name ?? me.rep?.name ?? repId;
  const first = foremost(item);
  const title = named('work', item.measure);
  const id = `targets-${item.measure}`;
  const rows: [name: string, progress: Progress][] = [
    ...(item.company ? [[t('targets.company'), item.company] as [string, Progress]] : []),
    ...item.teams.map((team): [string, Progress] => [t('targets.team', { team: team.teamId }), team]),
    ...item.reps.map((rep): [string, Progress] => [nameOf(rep.repId), rep]),
  ];
  return (
    <section aria-labelledby={id}>
      <div class="title-row">
        <h2 id={id}>{title}</h2>
        {me.role !== 'rep' && (
          <button type="button" aria-label={t('targets.editOf', { measure: title })} onClick={edit}>
            {t('targets.edit')}
          </button>
        )}
      </div>
      {children}
      <div class="with-plot">
        <Scroll>
          <table>
            <thead>
              <tr>
                <th>{t('decision.who')}</th>
                <th class="number">{t('targets.target')}</th>
                <th class="number">{t('targets.actual')}</th>
                <th class="number">{t('targets.due')}</th>
                <th class="number">{t('targets.reached')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, progress]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <Figures progress={progress} />
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        {first && (
          <Chart
            title={`${title}, ${rows[0]?.[0] ?? ''}`}
            plot={{
              kind: 'lines',
              labels: first.days.map((each) => day(each.day)),
              series: [
                { name: t('targets.actual'), values: first.days.map(({ actual }) => actual) },
                { name: t('targets.due'), values: first.days.map(({ due }) => due), pale: true },
              ],
              format: (value) => number(value, 1),
              mark: { at: first.target, name: t('targets.target'), along: 'y' },
              most: Math.max(first.target, ...first.days.map(({ actual }) => actual)) * 1.05,
            }}
          />
        )}
      </div>
    </section>
  );
}

function Figures({ progress: { target, actual, due } }: { progress: Progress }) {
  return (
    <>
      <td class="number">{number(target, 2)}</td>
      <td class="number">{number(actual, 2)}</td>
      <td class="number">{number(due, 2)}</td>
      <td class="number">
        <span class={actual >= due ? 'due fine' : 'due soon'}>{percent(target === 0 ? null : actual / target)}</span>
      </td>
    </>
  );
}

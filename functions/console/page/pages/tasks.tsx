import { to } from '../address.ts';
import { type Answer, call } from '../calls.ts';
import { now } from '../clock.ts';
import { gathered } from '../gathered.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { useDoing } from '../parts/doing.ts';
import { tell } from '../parts/notices.tsx';
import { Cut, Nothing, Trouble, Waiting } from '../parts/states.tsx';
import { moment, named, t } from '../words.ts';

type Task = Answer<'GET', '/tasks'>['items'][number];

/** As many of them are shown. */
const MOST = 1000;

/** What was agreed with customers and decided in reviews, the most urgent first. */
export function Tasks({ me }: PageProps) {
  const { data, error, refresh } = useLive(
    () => gathered(MOST, (at) => call('GET', '/tasks', { query: at })),
    'tasks',
    15_000,
  );
  return (
    <>
      <h1>{t('menu.tasks')}</h1>
      {error ? <Trouble error={error} /> : null}
      {!data && !error && <Waiting />}
      {data?.items.length === 0 && (
        <Nothing title={t('tasks.none')}>
          <p>{t('tasks.none.next')}</p>
        </Nothing>
      )}
      <ul class="cards">
        {data?.items.map((task) => (
          <Card key={task.taskId} task={task} whose={me.role !== 'rep'} done={refresh} />
        ))}
      </ul>
      <Cut of={data} />
    </>
  );
}

const DAY = 24 * 3600 * 1000;

function Card({ task, whose, done }: { task: Task; whose: boolean; done: () => Promise<void> }) {
  const { taskId, leadId, text, dueAt, overdue, kind, repId, postponed } = task;
  const { busy, error, run } = useDoing();
  const end = () =>
    run(async () => {
      await call('POST', '/tasks/{taskId}/done', { params: { taskId } });
      tell(t('tasks.done.told'));
      await done();
    });
  const later = () =>
    run(async () => {
      const due = new Date(Math.max(Date.parse(dueAt), now().getTime()) + DAY).toISOString();
      await call('POST', '/tasks/{taskId}/postpone', { params: { taskId }, body: { dueAt: due } });
      await done();
    });
  return (
    <li class="card">
      <div class="card-body">
        {leadId === undefined ? (
          <strong class="card-title">{text}</strong>
        ) : (
          <a class="card-title" href={to(`leads/${leadId}`)}>
            {text}
          </a>
        )}
        <p>
          <span class={`due ${overdue ? 'late' : 'fine'}`}>
            <time dateTime={dueAt}>{moment(dueAt)}</time>
          </span>{' '}
          <span class="dim">
            {named('task', kind)}
            {whose && ` · ${repId}`}
            {postponed > 0 && ` · ${t('tasks.postponed', { times: postponed })}`}
          </span>
        </p>
        {error ? <Trouble error={error} /> : null}
      </div>
      <button type="button" disabled={busy} onClick={later}>
        {t('tasks.later')}
      </button>
      <button type="button" class="main" disabled={busy} onClick={end}>
        {t('tasks.done')}
      </button>
    </li>
  );
}

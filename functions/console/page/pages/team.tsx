import { useState } from 'preact/hooks';
import { to } from '../address.ts';
import { call, type LeadSummary, type Rep } from '../calls.ts';
import { gathered } from '../gathered.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useDoing } from '../parts/doing.ts';
import { CountDown, Grade, titleOf } from '../parts/lead.tsx';
import { tell } from '../parts/notices.tsx';
import { readPeople } from '../parts/people.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Cut, Nothing, Trouble, Waiting } from '../parts/states.tsx';
import { named, number, percent, t } from '../words.ts';
import { ableOf } from './lead/assign.tsx';
import { type Column, columns, together } from './team/columns.ts';
import { type Board, Funnel } from './team/funnel.tsx';

/** As many of the leads that wait are on the board, and of all others. */
const MOST = { waiting: 1000, others: 400 };
/** As many cards a column shows. */
const SHOWN = 30;
const SLOW = 15_000;

/** A lead that is to go to somebody else. */
interface Moving {
  lead: LeadSummary;
  to?: string;
}

/** The team: where its leads are, who waits, who has how many; reassign by drag or from a menu, with a reason. */
export function Team({ me }: PageProps) {
  const waiting = useLive(
    () => gathered(MOST.waiting, (at) => call('GET', '/leads', { query: { status: 'assigned', ...at } })),
    'waiting',
  );
  const others = useLive(() => gathered(MOST.others, (at) => call('GET', '/leads', { query: at })), 'others', SLOW);
  const board = useLive(() => call('GET', '/reports/board'), 'board', SLOW);
  const reps = useLive(readPeople, 'team', SLOW);
  const [moving, move] = useState<Moving>();
  const error = waiting.error ?? others.error ?? board.error ?? reps.error;
  const all = waiting.data && others.data && together(waiting.data.items, others.data.items);
  const found = (leadId: string) => all?.find((lead) => lead.leadId === leadId);
  const refresh = () => Promise.all([waiting.refresh(), others.refresh(), board.refresh(), reps.refresh()]);
  return (
    <>
      <h1>{t('menu.team')}</h1>
      {error ? <Trouble error={error} /> : null}
      {!all && !error && <Waiting />}
      {all?.length === 0 && <Nothing title={t('board.none')}>{t('board.none.next')}</Nothing>}
      {reps.data && (
        <Scroll>
          <Reps
            reps={reps.data.items.filter(({ capacity }) => capacity > 0)}
            drop={(leadId, repId) => {
              const lead = found(leadId);
              if (lead && lead.owner?.repId !== repId) move({ lead, to: repId });
            }}
          />
        </Scroll>
      )}
      <Cut of={reps.data} />
      {all && all.length > 0 && board.data && (
        <>
          <p class="dim">{t('board.about')}</p>
          <Cut of={waiting.data} />
          <section class="board" aria-label={t('board.title')}>
            <Placement board={board.data} />
            {columns(all).map((column) => (
              <BoardColumn
                key={column.name}
                column={column}
                passed={board.data?.columns.find(({ name }) => name === column.name)}
                ended={column.name === 'lost' ? board.data?.lost : undefined}
                move={(lead) => move({ lead })}
              />
            ))}
          </section>
        </>
      )}
      {board.data && <Funnel board={board.data} ofTeam={me.role === 'supervisor'} />}
      {moving && (
        <Reassign
          moving={moving}
          reps={reps.data?.items ?? []}
          close={() => move(undefined)}
          done={async () => {
            await refresh();
          }}
        />
      )}
    </>
  );
}

/** Who is in the team, and what each has; a lead can be dropped on them. */
function Reps({ reps, drop }: { reps: readonly Rep[]; drop: (leadId: string, repId: string) => void }) {
  const [over, enter] = useState<string>();
  return (
    <ul class="reps" aria-label={t('board.reps')}>
      {reps.map(({ repId, name, status, openLeads, capacity, pausedUntil }) => (
        <li
          key={repId}
          class={over === repId ? 'over' : undefined}
          onDragOver={(event) => {
            event.preventDefault();
            enter(repId);
          }}
          onDragLeave={() => enter(undefined)}
          onDrop={(event) => {
            event.preventDefault();
            enter(undefined);
            drop(event.dataTransfer?.getData('text/plain') ?? '', repId);
          }}
        >
          <strong>{name}</strong>{' '}
          <span class="dim">
            {openLeads}/{capacity}
          </span>
          {status !== 'active' && <span class="due late">{named('repStatus', status)}</span>}
          {pausedUntil && <span class="due soon">{t('pause.paused')}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Where the leads came from. */
function Placement({ board: { sources } }: { board: Board }) {
  return (
    <section aria-labelledby="column-placement">
      <h2 id="column-placement">{t('column.placement')}</h2>
      <ul>
        {sources.map(({ source, leads }) => (
          <li key={source} class="tile">
            {named('source', source)} <span class="count">{number(leads)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ColumnProps {
  column: Column;
  /** How many came through it, where that is counted. */
  passed: Board['columns'][number] | undefined;
  /** How many ended in it, where none goes on from. */
  ended: number | undefined;
  move: (lead: LeadSummary) => void;
}

function BoardColumn({ column: { name, leads }, passed, ended, move }: ColumnProps) {
  const count = name === 'converted' ? passed?.leads : ended;
  return (
    <section aria-labelledby={`column-${name}`}>
      <h2 id={`column-${name}`}>
        {named('column', name)} <span class="count">{number(count ?? leads.length)}</span>
      </h2>
      {passed && (
        <p class="dim">
          {[
            ...(count === undefined ? [t('board.passed', { leads: number(passed.leads) })] : []),
            ...(passed.conversion === null ? [] : [percent(passed.conversion)]),
          ].join(' · ')}
        </p>
      )}
      <ul>
        {leads.slice(0, SHOWN).map((lead) => {
          const movable = ['assigned', 'contacted'].includes(lead.status);
          return (
            <li
              key={lead.leadId}
              class="tile"
              draggable={movable}
              onDragStart={(event) => event.dataTransfer?.setData('text/plain', lead.leadId)}
            >
              <Grade grade={lead.score?.grade} /> <a href={to(`leads/${lead.leadId}`)}>{titleOf(lead)}</a>
              <div class="dim">{lead.owner?.name}</div>
              {lead.status === 'assigned' && <CountDown lead={lead} />}
              {movable && (
                <button
                  type="button"
                  class="quiet"
                  aria-label={t('assign.who', { name: titleOf(lead) })}
                  onClick={() => move(lead)}
                >
                  ⇄
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {leads.length > SHOWN && <p class="dim">{t('board.more', { count: leads.length - SHOWN })}</p>}
    </section>
  );
}

interface ReassignProps {
  moving: Moving;
  reps: readonly Rep[];
  close: () => void;
  done: () => Promise<void>;
}

function Reassign({ moving: { lead, to: first }, reps, close, done }: ReassignProps) {
  const able = ableOf(reps, lead.owner);
  const [repId, choose] = useState(able.find((rep) => rep.repId === first)?.repId ?? '');
  const [reason, say] = useState('');
  const { busy, error, run } = useDoing();
  const assign = async (event: Event) => {
    event.preventDefault();
    const params = { leadId: lead.leadId };
    if (!(await run(() => call('POST', '/leads/{leadId}/assign', { params, body: { repId, reason } })))) return;
    tell(t('assign.done'));
    close();
    await done();
  };
  return (
    <Dialog title={t('assign.who', { name: titleOf(lead) })} close={close}>
      <form onSubmit={assign}>
        <label>
          {t('assign.to')}
          <select required value={repId} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value="">–</option>
            {able.map((rep) => (
              <option key={rep.repId} value={rep.repId}>
                {rep.name} ({rep.openLeads}/{rep.capacity})
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('assign.reason')}
          <input required maxLength={500} value={reason} onInput={({ currentTarget }) => say(currentTarget.value)} />
        </label>
        {able.length === 0 && <p class="dim">{t('assign.nobody')}</p>}
        {error ? <Trouble error={error} /> : null}
        <div class="bar end">
          <button type="button" onClick={close}>
            {t('cancel')}
          </button>
          <button type="submit" class="main" disabled={busy || repId === ''}>
            {t('assign.do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

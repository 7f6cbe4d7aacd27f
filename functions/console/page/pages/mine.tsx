import { to } from '../address.ts';
import { type Answer, call, type LeadSummary, type Me } from '../calls.ts';
import { now } from '../clock.ts';
import { gathered } from '../gathered.ts';
import { useLive } from '../live.ts';
import type { PageProps } from '../page-props.ts';
import { useDoing } from '../parts/doing.ts';
import { CallLink, CountDown, Grade, text, titleOf } from '../parts/lead.tsx';
import { tell } from '../parts/notices.tsx';
import { Cut, Nothing, Trouble, Waiting } from '../parts/states.tsx';
import { moment, named, t } from '../words.ts';

/** As many of one's open leads as are sorted by urgency. */
const MOST = 600;

/** The more urgent first: nobody contacted yet, by their deadline; then by how long the deal has stood still. */
const urgency = ({ sla, stage }: LeadSummary): string =>
  sla.firstContactAt === null ? `0${sla.exceptionDueAt}` : `1${stage.since}`;

const byUrgency = (leads: readonly LeadSummary[]): LeadSummary[] =>
  [...leads].sort((a, b) => (urgency(a) < urgency(b) ? -1 : 1));

/** A rep's own leads, the most urgent first. */
export function Mine({ me, changed }: PageProps) {
  const waiting = useLive(
    () => gathered(MOST, (at) => call('GET', '/leads', { query: { status: 'assigned', ...at } })),
    'assigned',
  );
  const contacted = useLive(
    () => gathered(MOST, (at) => call('GET', '/leads', { query: { status: 'contacted', ...at } })),
    'contacted',
    15_000,
  );
  const error = waiting.error ?? contacted.error;
  const leads = waiting.data && contacted.data && byUrgency([...waiting.data.items, ...contacted.data.items]);
  return (
    <>
      <div class="title-row">
        <h1>{t('mine.title')}</h1>
        <Pause me={me} changed={changed} />
      </div>
      {error ? <Trouble error={error} /> : null}
      {!leads && !error && <Waiting />}
      {leads?.length === 0 && (
        <Nothing title={t('mine.none')}>
          <p>{t('mine.none.next')}</p>
          <a class="button" href={to('pool')}>
            {t('menu.pool')}
          </a>
        </Nothing>
      )}
      <ul class="cards">
        {leads?.map((lead) => (
          <Card key={lead.leadId} lead={lead} />
        ))}
      </ul>
      <Cut of={leads && { items: leads, nextCursor: waiting.data?.nextCursor ?? contacted.data?.nextCursor }} />
    </>
  );
}

function Card({ lead }: { lead: LeadSummary }) {
  const about = [text(lead.company, 'name'), lead.productLine, text(lead.location, 'address')].filter(Boolean);
  return (
    <li class="card">
      <Grade grade={lead.score?.grade} />
      <div class="card-body">
        <a class="card-title" href={to(`leads/${lead.leadId}`)}>
          {titleOf(lead)}
        </a>
        <p class="dim">{about.join(' · ')}</p>
        <p>
          <CountDown lead={lead} />
          {lead.sla.firstContactAt !== null && <span class="dim"> {named('stage', lead.stage.name)}</span>}
          {lead.stage.stuck && <span class="due late">{t('stuck')}</span>}
        </p>
      </div>
      <CallLink lead={lead} />
    </li>
  );
}

type Pauses = NonNullable<Parameters<typeof pause>[1]>;

const pause = (
  repId: string,
  body: { minutes: 30 | 60 | 90 } | { until: 'back' },
): Promise<Answer<'POST', '/reps/{repId}/pause'>> => call('POST', '/reps/{repId}/pause', { params: { repId }, body });

const choices: Readonly<Record<string, Pauses>> = {
  '30': { minutes: 30 },
  '60': { minutes: 60 },
  '90': { minutes: 90 },
  back: { until: 'back' },
};

/** No new leads for a while, or again. */
function Pause({ me, changed }: { me: Me; changed: () => Promise<void> }) {
  const { busy, error, run } = useDoing();
  const { rep } = me;
  if (!rep) return null;
  const { repId, pausedUntil } = rep;
  if (pausedUntil !== undefined && pausedUntil > now().toISOString()) {
    const back = async () => {
      await call('POST', '/reps/{repId}/resume', { params: { repId } });
      await changed();
      tell(t('pause.back.done'));
    };
    return (
      <div class="pause">
        <span class="due late">
          {pausedUntil.startsWith('9999') ? t('pause.untilBack') : t('pause.until', { time: moment(pausedUntil) })}
        </span>
        <button type="button" class="main" disabled={busy} onClick={() => run(back)}>
          {t('pause.back')}
        </button>
        {error ? <Trouble error={error} /> : null}
      </div>
    );
  }
  const choose = async (choice: string) => {
    const body = choices[choice];
    if (!body) return;
    await pause(repId, body);
    await changed();
    tell(t('pause.done'));
  };
  return (
    <div class="pause">
      <select
        aria-label={t('pause.title')}
        disabled={busy}
        value=""
        onChange={({ currentTarget }) => run(() => choose(currentTarget.value))}
      >
        <option value="">{t('pause.title')}</option>
        {Object.keys(choices).map((choice) => (
          <option key={choice} value={choice}>
            {choice === 'back' ? t('pause.untilBack') : t('pause.minutes', { minutes: choice })}
          </option>
        ))}
      </select>
      {error ? <Trouble error={error} /> : null}
    </div>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { to } from '../../address.ts';
import { call, type LeadSummary, type Me } from '../../calls.ts';
import { CountDown, Grade, text, titleOf } from '../../parts/lead.tsx';
import { Nothing, Trouble, Waiting } from '../../parts/states.tsx';
import { moment, named, t } from '../../words.ts';

const PAGE = 100;
const ROW = 56;
/** Rows drawn beyond what is seen, above and below. */
const MARGIN = 8;

const statuses = [
  'received',
  'scored',
  'assigned',
  'contacted',
  'manual',
  'pool',
  'duplicate',
  'rejected',
  'won',
  'lost',
] as const satisfies readonly LeadSummary['status'][];

interface Wanted {
  status: LeadSummary['status'] | '';
  grade: 'A' | 'B' | 'C' | '';
}

/** Leads page by page: the next is asked for when the end comes near. */
function usePages({ status, grade }: Wanted) {
  const [state, set] = useState<{ leads: LeadSummary[]; cursor: string | undefined; whole: boolean; error?: unknown }>({
    leads: [],
    cursor: undefined,
    whole: false,
  });
  const asking = useRef<object | undefined>(undefined);
  const about = `${status} ${grade}`;
  const more = async (from: { leads: LeadSummary[]; cursor: string | undefined }) => {
    const mine = {};
    asking.current = mine;
    try {
      const query = { limit: PAGE, ...(status ? { status } : {}), ...(grade ? { grade } : {}) };
      const page = await call('GET', '/leads', {
        query: { ...query, ...(from.cursor ? { cursor: from.cursor } : {}) },
      });
      if (asking.current !== mine) return;
      const { items, nextCursor } = page;
      set({ leads: [...from.leads, ...items], cursor: nextCursor, whole: nextCursor === undefined });
    } catch (error) {
      if (asking.current === mine) set((before) => ({ ...before, error }));
    } finally {
      if (asking.current === mine) asking.current = undefined;
    }
  };
  useEffect(() => {
    set({ leads: [], cursor: undefined, whole: false });
    more({ leads: [], cursor: undefined });
  }, [about]);
  return {
    ...state,
    more: () => {
      if (!asking.current && !state.whole && !state.error) more(state);
    },
  };
}

/** All leads that one may see, newest first. Only the rows that are seen are drawn, however many there are. */
export function LeadList({ me }: { me: Me }) {
  const [wanted, want] = useState<Wanted>({ status: '', grade: '' });
  const { leads, whole, error, more } = usePages(wanted);
  const [top, scrolled] = useState(0);
  const [height, measured] = useState(600);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const measure = () => measured(box.current?.clientHeight ?? 600);
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const last = Math.min(leads.length, Math.ceil((top + height) / ROW) + MARGIN);
  const near = last >= leads.length - MARGIN;
  useEffect(() => {
    if (near) more();
  });
  return (
    <>
      <h1>{t('menu.leads')}</h1>
      <div class="bar">
        <label>
          {t('lead.status')}
          <select
            value={wanted.status}
            onChange={({ currentTarget }) => want({ ...wanted, status: currentTarget.value as Wanted['status'] })}
          >
            <option value="">{t('all')}</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {named('status', status)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('grade.word')}
          <select
            value={wanted.grade}
            onChange={({ currentTarget }) => want({ ...wanted, grade: currentTarget.value as Wanted['grade'] })}
          >
            <option value="">{t('all')}</option>
            {['A', 'B', 'C'].map((grade) => (
              <option key={grade}>{grade}</option>
            ))}
          </select>
        </label>
        <span class="dim" role="status">
          {t(whole ? 'leads.count' : 'leads.countMore', { count: leads.length })}
        </span>
      </div>
      {error ? <Trouble error={error} /> : null}
      {whole && leads.length === 0 && (
        <Nothing title={t('leads.none')}>{t(me.role === 'admin' ? 'leads.none.admin' : 'leads.none.next')}</Nothing>
      )}
      {!whole && leads.length === 0 && !error && <Waiting />}
      <section
        ref={box}
        class="rows"
        aria-label={t('menu.leads')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1)
        tabIndex={0}
        onScroll={({ currentTarget }) => scrolled(currentTarget.scrollTop)}
      >
        <ul style={{ height: `${leads.length * ROW}px` }}>
          {leads.slice(first, last).map((lead, at) => (
            <li key={lead.leadId} class="row" style={{ top: `${(first + at) * ROW}px` }}>
              <Grade grade={lead.score?.grade} />
              <a href={to(`leads/${lead.leadId}`)}>{titleOf(lead)}</a>
              <span class="dim wide">{text(lead.company, 'name')}</span>
              <span>{named('status', lead.status)}</span>
              <span class="dim">{lead.owner?.name ?? '–'}</span>
              <span class="dim wide">{moment(lead.sla.receivedAt)}</span>
              <span class="wide">
                {lead.status === 'assigned' && <CountDown lead={lead} />}
                {lead.waitsUntil && t('leads.waits', { time: moment(lead.waitsUntil) })}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

import { useRef, useState } from 'preact/hooks';
import { call, newKey, Refused } from '../../calls.ts';
import { now } from '../../clock.ts';
import { useDoing } from '../../parts/doing.ts';
import { useDraft } from '../../parts/draft.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble } from '../../parts/states.tsx';
import { named, t } from '../../words.ts';

const channels = ['phone', 'wecom', 'visit', 'meeting', 'dingtalk', 'email', 'sms'] as const;

/** How a contact went, and whether the customer was reached. */
const outcomes = {
  interested: true,
  'call-back': true,
  'not-now': true,
  'no-answer': false,
  'wrong-number': false,
} as const;

type Outcome = keyof typeof outcomes;

/** When the next step is due, in days from now; nothing: there is none. */
const nextIn = { none: undefined, tomorrow: 1, threeDays: 3, week: 7 } as const;

type Next = keyof typeof nextIn;

const MORNING = 10;

/** Ten in the morning, in the viewer's zone, so many days from now (ISO 8601). */
function morningIn(days: number, today: Date): string {
  const at = new Date(today);
  at.setDate(at.getDate() + days);
  at.setHours(MORNING, 0, 0, 0);
  return at.toISOString();
}

/** Minutes since they pressed to call; at least one. */
const sinceCalled = (calledAt: number | undefined): number =>
  calledAt === undefined ? 0 : Math.max(1, Math.round((performance.now() - calledAt) / 60_000));

interface Props {
  leadId: string;
  /** When they pressed to call, on this page's own clock (milliseconds). */
  calledAt: number | undefined;
  /** The standard actions that were done. */
  ticked: readonly string[];
  done: () => Promise<void>;
}

/** Logs a contact: an outcome and one more tap are enough. */
export function LogContact({ leadId, calledAt, ticked, done }: Props) {
  const [outcome, choose] = useState<Outcome>();
  const [channel, by] = useState<(typeof channels)[number]>('phone');
  const [minutes, last] = useState<number>();
  const [summary, sum] = useDraft(`summary ${leadId}`);
  const [next, later] = useState<Next>('none');
  const [step, plan] = useState('');
  const { busy, error, run } = useDoing();
  // The contact that is being saved: when its answer is lost, the next press sends the very same.
  const saving = useRef<{ key: string; today: Date } | undefined>(undefined);

  const save = async (event: Event) => {
    event.preventDefault();
    if (!outcome) return;
    saving.current ??= { key: newKey(), today: now() };
    const { key, today } = saving.current;
    const days = nextIn[next];
    const lasted = minutes ?? sinceCalled(calledAt);
    last(lasted);
    const body = {
      channel,
      outcome,
      reached: outcomes[outcome],
      minutes: lasted,
      summary: summary.trim() || named('outcome', outcome),
      ...(ticked.length > 0 ? { done: [...ticked] } : {}),
      ...(days === undefined
        ? {}
        : { nextStep: { text: step.trim() || t('log.next.default'), dueAt: morningIn(days, today) } }),
    };
    const saved = await run(async () => {
      try {
        await call('POST', '/leads/{leadId}/interactions', { params: { leadId }, body, key });
        saving.current = undefined;
      } catch (error) {
        if (error instanceof Refused && error.status < 500) saving.current = undefined;
        // It was saved as it was at first, and changed since: the list shows that one.
        if (error instanceof Refused && error.errors.some(({ path }) => path === 'Idempotency-Key')) await done();
        throw error;
      }
    });
    if (!saved) return;
    tell(t('log.done'));
    choose(undefined);
    last(undefined);
    sum('');
    later('none');
    plan('');
    await done();
  };

  return (
    <section aria-labelledby="log" class={calledAt === undefined ? undefined : 'called'}>
      <h2 id="log">{t('log.title')}</h2>
      <form onSubmit={save}>
        <fieldset class="chips">
          <legend>{t('log.outcome')}</legend>
          {(Object.keys(outcomes) as Outcome[]).map((each) => (
            <label key={each} class="chip">
              <input type="radio" name="outcome" checked={outcome === each} onChange={() => choose(each)} required />
              {named('outcome', each)}
            </label>
          ))}
        </fieldset>
        <fieldset class="chips">
          <legend>{t('next.title')}</legend>
          {(Object.keys(nextIn) as Next[]).map((each) => (
            <label key={each} class="chip">
              <input type="radio" name="next" checked={next === each} onChange={() => later(each)} />
              {named('next', each)}
            </label>
          ))}
        </fieldset>
        {next !== 'none' && (
          <label>
            {t('log.next.text')}
            <input
              value={step}
              placeholder={t('log.next.default')}
              onInput={({ currentTarget }) => plan(currentTarget.value)}
            />
          </label>
        )}
        <label>
          {t('log.summary')}
          <textarea rows={2} value={summary} onInput={({ currentTarget }) => sum(currentTarget.value)} />
        </label>
        <div class="bar">
          <label>
            {t('log.channel')}
            <select
              value={channel}
              onChange={({ currentTarget }) => by(currentTarget.value as (typeof channels)[number])}
            >
              {channels.map((each) => (
                <option key={each} value={each}>
                  {named('channel', each)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('log.minutes')}
            <input
              type="number"
              min="0"
              max="1440"
              inputMode="numeric"
              value={minutes ?? sinceCalled(calledAt)}
              onInput={({ currentTarget }) => last(currentTarget.valueAsNumber || 0)}
            />
          </label>
          <button type="submit" class="main" disabled={busy || !outcome}>
            {t('log.save')}
          </button>
        </div>
        {error ? <Trouble error={error} /> : null}
      </form>
    </section>
  );
}

import { useState } from 'preact/hooks';
import { call, type Lead, type Me } from '../../calls.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble } from '../../parts/states.tsx';
import { language, named, t } from '../../words.ts';

const stages = [
  'first-contact',
  'needs-diagnosis',
  'solution-demo',
  'objection-handling',
  'contract-negotiation',
  'payment-confirmed',
] as const satisfies readonly Lead['stage']['name'][];

/** Moves the deal: one stage on, any back, or lost with its reason; a supervisor past a stage, with a reason. */
export function StageMove({ lead, me, done }: { lead: Lead; me: Me; done: () => Promise<void> }) {
  const { leadId, stage } = lead;
  const [losing, lose] = useState(false);
  const [reason, say] = useState('');
  const [reasons, list] = useState<string[]>([]);
  const { busy, error, run } = useDoing();
  const at = (stages as readonly string[]).indexOf(stage.name);
  const next = stages[at + 1];
  const [skipping, skip] = useState('');
  const move = async (to: Lead['stage']['name'], why: { lostReason?: string; reason?: string } = {}) => {
    const body = { to, ...why };
    if (!(await run(() => call('POST', '/leads/{leadId}/stage', { params: { leadId }, body })))) return;
    tell(t('stage.moved', { stage: named('stage', to) }));
    lose(false);
    skip('');
    say('');
    await done();
  };
  /** Opens or closes the form; which reasons are usual is only a help, so nothing is said when it cannot be had. */
  const loseOrNot = async () => {
    lose(!losing);
    if (losing || reasons.length > 0) return;
    const asked = { params: { leadId }, query: { language: language() } };
    const found = await call('GET', '/leads/{leadId}/journey', asked).catch(() => undefined);
    list(found?.lostReasons.map(({ text }) => text) ?? []);
  };
  return (
    <section aria-labelledby="stage">
      <h2 id="stage">{t('stage.title')}</h2>
      <ol class="stages">
        {stages.map((name, each) => (
          <li
            key={name}
            class={each < at ? 'past' : each === at ? 'here' : ''}
            aria-current={each === at ? 'step' : undefined}
          >
            {named('stage', name)}
          </li>
        ))}
      </ol>
      <div class="bar">
        {next && (
          <button type="button" class="main" disabled={busy} onClick={() => move(next)}>
            {t('stage.on', { stage: named('stage', next) })}
          </button>
        )}
        {at > 0 && (
          <label>
            {t('stage.back')}
            <select
              value=""
              disabled={busy}
              onChange={({ currentTarget }) => move(currentTarget.value as Lead['stage']['name'])}
            >
              <option value="">–</option>
              {stages.slice(0, at).map((name) => (
                <option key={name} value={name}>
                  {named('stage', name)}
                </option>
              ))}
            </select>
          </label>
        )}
        {me.role !== 'rep' && next && (
          <label>
            {t('stage.skip')}
            <select value={skipping} disabled={busy} onChange={({ currentTarget }) => skip(currentTarget.value)}>
              <option value="">–</option>
              {stages.slice(at + 1).map((name) => (
                <option key={name} value={name}>
                  {named('stage', name)}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" aria-expanded={losing} onClick={loseOrNot}>
          {t('stage.lose')}
        </button>
      </div>
      {skipping !== '' && (
        <form
          class="bar"
          onSubmit={(event) => {
            event.preventDefault();
            move(skipping as Lead['stage']['name'], { reason });
          }}
        >
          <label>
            {t('stage.skipReason')}
            <input required maxLength={500} value={reason} onInput={({ currentTarget }) => say(currentTarget.value)} />
          </label>
          <button type="submit" class="main" disabled={busy}>
            {t('stage.skip.do')}
          </button>
        </form>
      )}
      {losing && (
        <form
          class="bar"
          onSubmit={(event) => {
            event.preventDefault();
            move('lost', { lostReason: reason });
          }}
        >
          <label>
            {t('stage.lostReason')}
            <input
              required
              maxLength={500}
              list="lost-reasons"
              value={reason}
              onInput={({ currentTarget }) => say(currentTarget.value)}
            />
          </label>
          <datalist id="lost-reasons">
            {reasons.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
          <button type="submit" class="danger" disabled={busy}>
            {t('stage.lost.do')}
          </button>
        </form>
      )}
      {error ? <Trouble error={error} /> : null}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { type Answer, call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble } from '../../parts/states.tsx';
import { named, number, percent, t } from '../../words.ts';

const SLOW = 60_000;
const scale = [1, 2, 3, 4, 5] as const;

type Invitation = Answer<'GET', '/feedback/invitations'>['items'][number];

/** What came of feedback on somebody, once a round is over. */
export function Feedback({ repId }: { repId: string }) {
  const { data, error } = useLive(
    () => call('GET', '/feedback/{repId}', { params: { repId } }),
    `feedback ${repId}`,
    SLOW,
  );
  if (error) return <Trouble error={error} />;
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="feedback">
      <h2 id="feedback">{t('feedback.title')}</h2>
      {data.items.map(({ openedOn, until, state, result }) => (
        <div key={openedOn}>
          <h3>
            {openedOn} – {until}: {named('feedback', state)}
          </h3>
          {result && (
            <>
              <p class="dim">{t('feedback.how', { answers: result.answers, share: percent(result.mutualShare) })}</p>
              <ul>
                {result.questions.map(({ id, text, mean, drawnIn }) => (
                  <li key={id}>
                    {text}: <strong>{number(mean, 1)}</strong> / 5{' '}
                    {drawnIn > 0 && <span class="dim">{t('feedback.drawnIn', { count: drawnIn })}</span>}
                  </li>
                ))}
              </ul>
              {result.texts.map((text) => (
                <blockquote key={text}>{text}</blockquote>
              ))}
            </>
          )}
        </div>
      ))}
    </section>
  );
}

/** On whom one is asked. */
export function Invitations() {
  const { data, error, refresh } = useLive(() => call('GET', '/feedback/invitations'), 'invitations', SLOW);
  const [tokens, keep] = useState<Readonly<Record<string, string>>>({});
  const [taken, take] = useState<readonly Invitation[]>([]);
  if (error) return <Trouble error={error} />;
  const open = [
    ...(data?.items ?? []),
    ...taken.filter((each) => !data?.items.some((one) => one.roundId === each.roundId)),
  ];
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">{t('feedback.asked')}</h2>
      <p class="dim">{t('feedback.anonymous')}</p>
      {open.map((invitation) => (
        <Questions
          key={invitation.roundId}
          invitation={invitation}
          token={tokens[invitation.roundId]}
          keep={(token) => {
            keep({ ...tokens, [invitation.roundId]: token });
            take([...taken, invitation]);
          }}
          done={async () => {
            take(taken.filter(({ roundId }) => roundId !== invitation.roundId));
            await refresh();
          }}
        />
      ))}
    </section>
  );
}

interface QuestionsProps {
  invitation: Invitation;
  /** The token that was handed out, if the answer could not be sent at once. */
  token: string | undefined;
  keep: (token: string) => void;
  done: () => Promise<void>;
}

function Questions({ invitation: { roundId, name, until, questions }, token, keep, done }: QuestionsProps) {
  const [points, set] = useState<Readonly<Record<string, number>>>({});
  const [text, say] = useState('');
  const { busy, error, run } = useDoing();
  const send = async (event: Event) => {
    event.preventDefault();
    const sent = await run(async () => {
      const own = token ?? (await call('POST', '/feedback/invitations/{roundId}/token', { params: { roundId } })).token;
      keep(own);
      const body = { token: own, points, ...(text.trim() === '' ? {} : { text }) };
      // Without who is signed in: the answer is nobody's.
      const answer = await fetch('/feedback/answers', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        credentials: 'omit',
      });
      if (!answer.ok) throw new Error(answer.statusText);
    });
    if (!sent) return;
    tell(t('feedback.sent'));
    await done();
  };
  return (
    <form onSubmit={send} aria-label={name}>
      <h3>
        {name} <span class="dim">{t('feedback.until', { day: until })}</span>
      </h3>
      {questions.map(({ id, text: asked }) => (
        <label key={id}>
          {asked}
          <select
            required
            value={points[id] ?? ''}
            onChange={({ currentTarget }) => set({ ...points, [id]: Number(currentTarget.value) })}
          >
            <option value="">–</option>
            {scale.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label>
        {t('feedback.words')}
        <textarea maxLength={2000} value={text} onInput={({ currentTarget }) => say(currentTarget.value)} />
      </label>
      {error ? <Trouble error={error} /> : null}
      <button type="submit" class="main" disabled={busy}>
        {t('feedback.send')}
      </button>
    </form>
  );
}

import { type Answer, call } from '../../calls.ts';
import { useLive } from '../../live.ts';
import { language, named, t } from '../../words.ts';

/** What to do and say at a lead's stage. */
export type Journey = Answer<'GET', '/leads/{leadId}/journey'>;

const SLOW = 60_000;

/** What to do and say at a lead's stage, in the viewer's language. */
export const useJourney = (leadId: string, stage: string | undefined) =>
  useLive(
    () => call('GET', '/leads/{leadId}/journey', { params: { leadId }, query: { language: language() } }),
    `${leadId} ${stage} journey`,
    SLOW,
  );

interface Props {
  journey: Journey;
  ticked: readonly string[];
  tick: (all: string[]) => void;
}

/** What to say at this stage, and what to have asked; what is ticked goes into the contact that is logged. */
export function TalkTrack({ journey: { stage, checklist, talkTrack, templates }, ticked, tick }: Props) {
  if (talkTrack === null && checklist.length === 0) return null;
  const turn = (id: string, on: boolean) => tick(on ? [...ticked, id] : ticked.filter((each) => each !== id));
  return (
    <section aria-labelledby="talk">
      <h2 id="talk">
        {t('talk.title')}: {named('stage', stage)}
      </h2>
      {talkTrack !== null && <blockquote>{talkTrack}</blockquote>}
      {checklist.length > 0 && (
        <fieldset class="checks">
          <legend>{t('talk.checklist')}</legend>
          {checklist.map(({ id, text, done }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={done || ticked.includes(id)}
                disabled={done}
                onChange={({ currentTarget }) => turn(id, currentTarget.checked)}
              />
              {text}
            </label>
          ))}
        </fieldset>
      )}
      {templates.map(({ name, text }) => (
        <details key={name}>
          <summary>{name}</summary>
          <blockquote>{text}</blockquote>
        </details>
      ))}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { call, type Me, type Rep } from '../../calls.ts';
import { useDoing } from '../../parts/doing.ts';
import { tell } from '../../parts/notices.tsx';
import { Trouble } from '../../parts/states.tsx';
import { named, number, t } from '../../words.ts';
import { asSent, type Item, missingOf, missingOfCompany, type Sheet, shared, sharedTeam, sheetOf } from './sheet.ts';

interface EditProps {
  me: Me;
  period: string;
  measure: Item['measure'];
  item: Item | undefined;
  reps: readonly Rep[];
  close: () => void;
  done: () => Promise<void>;
}

/** Sets what is to be reached of a measure: by the company, its teams, their people. Says at once what does not add up. */
export function Edit({ me, period, measure, item, reps, close, done }: EditProps) {
  const [sheet, change] = useState(() => sheetOf(measure, item, reps));
  const { busy, error, run } = useDoing();
  const whole = me.role === 'admin';
  const teams = whole ? sheet.teams : sheet.teams.filter(({ teamId }) => teamId === me.teamId);
  const wrong = (whole && missingOfCompany(sheet) !== 0) || teams.some((team) => missingOf(team) !== 0);
  const put = (teamId: string, team: Sheet['teams'][number]) =>
    change({ ...sheet, teams: sheet.teams.map((each) => (each.teamId === teamId ? team : each)) });
  const send = async () => {
    const body = asSent(sheet);
    if (whole) await call('PUT', '/targets/{period}', { params: { period }, body });
    for (const { teamId, reps: theirs } of whole ? [] : body.teams.filter((team) => team.teamId === me.teamId))
      await call('PUT', '/targets/{period}/teams/{teamId}', {
        params: { period, teamId },
        body: { measure, reps: theirs },
      });
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (!(await run(send))) return;
    tell(t('targets.saved'));
    close();
    await done();
  };
  return (
    <form class="panel" onSubmit={save} aria-label={named('work', measure)}>
      <h3>{named('work', measure)}</h3>
      {whole && (
        <div class="bar">
          <Amount
            label={t('targets.company')}
            value={sheet.company}
            change={(company) => change({ ...sheet, company })}
          />
          <button type="button" disabled={sheet.company === 0} onClick={() => change(shared(sheet))}>
            {t('targets.share')}
          </button>
          <Missing amount={missingOfCompany(sheet)} />
        </div>
      )}
      {teams.map((team) => (
        <TeamFields
          key={team.teamId}
          team={team}
          fixed={!whole}
          nameOf={(repId) => reps.find((rep) => rep.repId === repId)?.name ?? repId}
          change={(to) => put(team.teamId, to)}
        />
      ))}
      {error ? <Trouble error={error} /> : null}
      <div class="bar end">
        <button type="button" onClick={close}>
          {t('cancel')}
        </button>
        <button type="submit" class="main" disabled={busy || wrong}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}

interface TeamProps {
  team: Sheet['teams'][number];
  /** Whether the team's own target is given: then only its people's are filled in. */
  fixed: boolean;
  nameOf: (repId: string) => string;
  change: (team: Sheet['teams'][number]) => void;
}

function TeamFields({ team, fixed, nameOf, change }: TeamProps) {
  return (
    <fieldset class="group">
      <legend>{t('targets.team', { team: team.teamId })}</legend>
      {fixed ? (
        <p>{t('targets.ofTeam', { target: number(team.target, 2) })}</p>
      ) : (
        <Amount
          label={t('targets.whole', { team: team.teamId })}
          value={team.target}
          change={(target) => change({ ...team, target })}
        />
      )}
      {team.reps.map(({ repId, target }, at) => (
        <Amount
          key={repId}
          label={nameOf(repId)}
          value={target}
          change={(to) =>
            change({ ...team, reps: team.reps.map((rep, n) => (n === at ? { repId, target: to } : rep)) })
          }
        />
      ))}
      <button type="button" disabled={team.target === 0} onClick={() => change(sharedTeam(team))}>
        {t('targets.shareTeam')}
      </button>
      <Missing amount={missingOf(team)} />
    </fieldset>
  );
}

function Amount({ label, value, change }: { label: string; value: number; change: (value: number) => void }) {
  return (
    <label>
      {label}
      <input
        type="number"
        class="amount"
        min={0}
        max={1e12}
        step="any"
        value={value}
        onInput={({ currentTarget }) =>
          change(Number.isNaN(currentTarget.valueAsNumber) ? 0 : currentTarget.valueAsNumber)
        }
      />
    </label>
  );
}

const Missing = ({ amount }: { amount: number }) =>
  amount === 0 ? null : (
    <span class="due late" role="status">
      {t(amount > 0 ? 'targets.missing' : 'targets.over', { amount: number(Math.abs(amount), 2) })}
    </span>
  );

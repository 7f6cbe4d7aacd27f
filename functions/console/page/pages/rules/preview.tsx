import { to } from '../../address.ts';
import { named, t } from '../../words.ts';

/** What the previews of the API answer, one shape or another. */
export interface Previewed {
  leads?: number;
  /** What of past work was tried, where no leads were. */
  period?: { name: string };
  changed?: { leadId: string; from: Named; to: Named; because?: string }[];
  grades?: { before: Record<string, number>; after: Record<string, number> };
  reps?: { repId: string; before: number; after: number }[];
  before?: Record<string, number | null>;
  after?: Record<string, number | null>;
}

interface Named {
  value?: number;
  grade?: string;
  repId?: string | null;
  cause?: string | null;
}

const MOST = 20;

const shown = ({ value, grade, repId, cause }: Named): string =>
  grade === undefined ? (repId ?? (cause ? named('cause', cause) : '–')) : `${grade} (${value})`;

function Counts({
  title,
  before,
  after,
}: {
  title: string;
  before: Record<string, number | null>;
  after: Record<string, number | null>;
}) {
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th />
          <th class="number">{t('rules.before')}</th>
          <th class="number">{t('rules.after')}</th>
        </tr>
      </thead>
      <tbody>
        {Object.keys({ ...before, ...after }).map((name) => (
          <tr key={name}>
            <th scope="row">{named('level', name)}</th>
            <td class="number">{before[name] ?? 0}</td>
            <td class="number">{after[name] ?? 0}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the draft would have made of the newest leads. */
export function Preview({
  previewed: { leads = 0, period, changed: which, grades, reps, before, after },
}: {
  previewed: Previewed;
}) {
  const changed = Array.isArray(which) ? which : undefined;
  return (
    <section aria-labelledby="preview" role="status">
      <h2 id="preview">
        {period ? t('rules.previewedPeriod', { period: period.name }) : t('rules.previewed', { leads })}
      </h2>
      {changed && <p>{t('rules.changed', { count: changed.length })}</p>}
      {grades && <Counts title={t('grade.word')} {...grades} />}
      {before && after && (
        <Counts title={t(period ? 'menu.performance' : 'rules.levels')} before={before} after={after} />
      )}
      {reps && (
        <Counts
          title={t('board.reps')}
          before={Object.fromEntries(reps.map((rep) => [rep.repId, rep.before]))}
          after={Object.fromEntries(reps.map((rep) => [rep.repId, rep.after]))}
        />
      )}
      <ul>
        {changed?.slice(0, MOST).map(({ leadId, from, to: then }) => (
          <li key={leadId}>
            <a href={to(`leads/${leadId}/decision`)}>…{leadId.slice(-6)}</a>: {shown(from)} → {shown(then)}
          </li>
        ))}
      </ul>
      {changed && changed.length > MOST && <p class="dim">{t('board.more', { count: changed.length - MOST })}</p>}
    </section>
  );
}

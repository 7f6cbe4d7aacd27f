import { t } from '../../words.ts';

interface ChooseProps {
  period: string;
  choices: readonly string[];
  choose: (period: string) => void;
}

/** Which period is looked at. */
export const Choose = ({ period, choices, choose }: ChooseProps) => (
  <label>
    {t('performance.period')}{' '}
    <select value={period} onChange={({ currentTarget }) => choose(currentTarget.value)}>
      {choices.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  </label>
);

import { t } from '../../words.ts';

interface MovesProps {
  name: string;
  up: (() => void) | undefined;
  drop: (() => void) | undefined;
}

/** Moves an item up, or takes it away. */
export const Moves = ({ name, up, drop }: MovesProps) => (
  <>
    {up && (
      <button type="button" class="quiet" aria-label={t('rules.up', { name })} onClick={up}>
        ↑
      </button>
    )}
    {drop && (
      <button type="button" class="quiet" aria-label={t('rules.drop', { name })} onClick={drop}>
        ✕
      </button>
    )}
  </>
);

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Drawn } from './plot.ts';
import type { Plot } from './plotted.ts';

/** The plot in words, for whoever does not see it. */
const inWords = (title: string, { labels, series, format }: Plot): string =>
  `${title}. ${labels
    .map((label, at) => {
      const values = series.map(({ name, values: of }) => {
        const value = of[at];
        return `${name} ${value === null || value === undefined ? '–' : format(value)}`;
      });
      return `${label}: ${values.join(', ')}`;
    })
    .join('; ')}.`;

/** As much of it is drawn for each label (pixels). */
const HEIGHTS = { lying: 40, base: 56 };

/** A plot, drawn by what is loaded only now; said in words to whoever does not see it. To be put beside a table of the same figures. */
export function Chart({ title, plot }: { title: string; plot: Plot }) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, ready] = useState<Drawn>();
  const description = inWords(title, plot);
  // The same figures are not drawn twice, however often they are asked for.
  const about = JSON.stringify(plot);
  const shown = useMemo(() => plot, [about]);
  useEffect(() => {
    let own: Drawn | undefined;
    let ended = false;
    import('./plot.ts').then(({ drawIn }) => {
      if (ended || !place.current) return;
      own = drawIn(place.current);
      ready(own);
    });
    return () => {
      ended = true;
      own?.end();
    };
  }, []);
  useEffect(() => drawn?.show(shown, description), [drawn, shown, description]);
  const height = plot.lying ? HEIGHTS.base + HEIGHTS.lying * plot.labels.length : undefined;
  return (
    <div
      ref={place}
      class="plot"
      role="img"
      aria-label={description}
      {...(height === undefined ? {} : { style: { height: `${height}px` } })}
    />
  );
}

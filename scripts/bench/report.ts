/** One measured thing: what, how much, what it is compared with in the same run, and the ratio to that (more is better). */
export interface Line {
  what: string;
  figure: string;
  beside?: string;
  ratio?: number;
}

/** Lines that belong together. */
export interface Section {
  title: string;
  lines: Line[];
}

/** A ratio as people read it. */
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

/** A rate, rounded to what means something. */
export const rate = (perSecond: number): string => `${Math.round(perSecond).toLocaleString('en')}/s`;

const escaped = (text: string): string => text.replaceAll('|', '\\|');

/** The sections as tables in Markdown. */
export function markdown(sections: readonly Section[]): string {
  const table = ({ title, lines }: Section): string =>
    [
      `## ${title}`,
      '',
      '| what | figure | beside it, in the same run | ratio |',
      '| --- | --- | --- | --- |',
      ...lines.map(
        ({ what, figure, beside = '', ratio }) =>
          `| ${[what, figure, beside, ratio === undefined ? '' : times(ratio)].map(escaped).join(' | ')} |`,
      ),
    ].join('\n');
  return sections.map(table).join('\n\n');
}

/** The sections for a terminal. */
export function plain(sections: readonly Section[]): string {
  const lines = sections.flatMap((section) => section.lines);
  const width = Math.max(...lines.map(({ what }) => what.length));
  const row = ({ what, figure, beside, ratio }: Line): string =>
    `  ${what.padEnd(width)}  ${figure}${beside === undefined ? '' : `   (${beside}${ratio === undefined ? '' : `: ${times(ratio)}`})`}`;
  return sections.map(({ title, lines }) => [title, ...lines.map(row)].join('\n')).join('\n\n');
}

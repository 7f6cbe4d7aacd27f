import { cpus } from 'node:os';
import { type Row, score } from './try-room.ts';

const HEAD = ['room', 'changes', 'noticed', 'by time-out', 'survived', 'never run', 'score', 'seconds', 'on'];

/** A Markdown table with a line by room and the sum. */
export function table(results: readonly Row[]): string {
  const sum = (of: (result: Row) => number): number => results.reduce((all, result) => all + of(result), 0);
  const total = {
    room: 'all',
    tried: sum(({ tried }) => tried),
    killed: sum(({ killed }) => killed),
    timedOut: sum(({ timedOut }) => timedOut),
    survived: sum(({ survived }) => survived),
    notCovered: sum(({ notCovered }) => notCovered),
    seconds: sum(({ seconds }) => seconds),
    day: '',
  };
  const rows = [...results, ...(results.length > 1 ? [total] : [])].map((result) => [
    result.room,
    ...[result.tried, result.killed + result.timedOut, result.timedOut, result.survived, result.notCovered].map(String),
    `${score(result).toFixed(1)} %`,
    result.seconds.toFixed(0),
    result.day,
  ]);
  const widths = HEAD.map((title, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(HEAD), rule, ...rows.map(line)].join('\n');
}

/** The lines by room of a page that was written before, without the sum. */
export function read(page: string): Row[] {
  const rows = page.matchAll(/^\| (?!room |all |-)(.*) \|$/gm);
  return [...rows].map(([, line = '']) => {
    const [room = '', tried, noticed, timedOut, survived, notCovered, , seconds, day = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    const killed = Number(noticed) - Number(timedOut);
    return {
      room,
      tried: Number(tried),
      killed,
      timedOut: Number(timedOut),
      survived: Number(survived),
      notCovered: Number(notCovered),
      seconds: Number(seconds),
      day,
    };
  });
}

/** `docs/mutation.md`. */
export function page(results: readonly Row[], untried: readonly string[], floor: number): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  return `# Do the tests notice?

Written by \`npm run mutation\`, last on ${machine}. [Stryker](https://stryker-mutator.io) changes
the pure rooms of \`shared/\` in small ways, one at a time (a \`<\` to \`<=\`, a condition to \`true\`, a call left out), and runs the
room's own tests. A change that no test notices is a promise that nobody holds. Each room must notice ${floor} %.

${table(results)}
${untried.length === 0 ? '' : `\nNot tried yet: ${untried.join(', ')}.\n`}
Left out: stores (their tests need a table), lists of facts and words, texts of two words or more (they are read by people), and what is worked
out once when a module is loaded (tables and schemas). Property tests draw the same each time here. A change that makes a loop endless is noticed by time-out.
Seconds are by the clock on the wall, beside whatever else the machine did.
`;
}

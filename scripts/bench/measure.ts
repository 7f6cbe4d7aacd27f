/** Calls of `work` a second: the most of several rounds, each of `count` calls. */
export function perSecond(rounds: number, count: number, work: (n: number) => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    for (let n = 0; n < count; n += 1) work(n);
    least = Math.min(least, performance.now() - began);
  }
  return Math.round((count * 1000) / least);
}

/** Milliseconds that each of the pieces of work takes: the least of several rounds, taken in turn so that noise meets all. */
export function timed(rounds: number, ...works: (() => unknown)[]): number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, work] of works.entries()) {
      const began = performance.now();
      work();
      least[at] = Math.min(least[at] ?? 0, performance.now() - began);
    }
  }
  return least;
}

/** The middle one of some numbers. */
export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

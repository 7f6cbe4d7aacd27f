/** A target in as many whole parts as there are people; what cannot be shared goes to the first. They add up to it. */
export function evenly(target: number, parts: number): number[] {
  if (parts === 0) return [];
  const each = Math.floor(target / parts);
  const rest = Math.round((target - each * parts) * 1e6) / 1e6;
  const whole = Math.floor(rest);
  return Array.from({ length: parts }, (_, at) => {
    const own = each + (at < whole ? 1 : 0);
    return at === 0 ? Math.round((own + rest - whole) * 1e6) / 1e6 : own;
  });
}

/** A target in parts by weights, such as how many people a team has; whole, and adding up to it. */
export function byWeight(target: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0) return evenly(target, weights.length);
  const parts = weights.map((weight) => Math.floor((target * weight) / all));
  const rest = target - parts.reduce((sum, part) => sum + part, 0);
  const spread = evenly(rest, parts.length);
  return parts.map((part, at) => Math.round((part + (spread[at] ?? 0)) * 1e6) / 1e6);
}

/** What is missing to the whole (negative: too much); 0 when there are no parts to add up. */
export function missing(whole: number, parts: readonly number[]): number {
  if (parts.length === 0) return 0;
  const rest = whole - parts.reduce((sum, part) => sum + part, 0);
  // Fractions do not add up to the last digit.
  return Math.abs(rest) < 1e-6 ? 0 : Math.round(rest * 1e6) / 1e6;
}

const UNITS: Readonly<Record<string, number>> = { 百: 100, 千: 1000, k: 1000, 万: 10_000, 萬: 10_000 };
const NUMBER = String.raw`\d{1,3}(?:[ ,.]\d{3})+(?!\d)|\d+(?:\.\d+)?`;
const UNIT = '[百千万萬]|k(?![a-z])';
const COUNT = new RegExp(`(${NUMBER})\\s*(${UNIT})?(?:\\s*[-~–—至到]\\s*(${NUMBER})\\s*(${UNIT})?)?`, 'i');

/** `1,200`, `1 200` and `1.200` are one number; before a unit, a point is a decimal one. */
const numberOf = (digits: string, unit: number): number =>
  Number(digits.replace(unit === 1 ? /[ ,.](?=\d{3}(?!\d))/g : /[ ,]/g, ''));

/**
 * How many people a company has, from words: `320`, `1,200`, `100-499人`, `1.5万`, `5千人以上`, `1-2万`, `10k+`. Of a range, the lower
 * end; undefined where no digits are.
 */
export function headCount(text: string): number | undefined {
  const [, digits, own, upper, last] = COUNT.exec(text.normalize('NFKC')) ?? [];
  if (digits === undefined) return undefined;
  const unitOf = (unit: string | undefined): number => UNITS[unit?.toLowerCase() ?? ''] ?? 1;
  // `1-2万` is of one unit, `500-1k` of two.
  const isShared = own === undefined && upper !== undefined && Number(digits) < Number(upper);
  const unit = unitOf(isShared ? last : own);
  return Math.floor(numberOf(digits, unit) * unit);
}

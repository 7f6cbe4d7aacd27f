/** Codes of the provinces (two digits) and cities (four) whose Chinese postcodes begin so; longer prefixes say more. */
const TABLE = `
01 15, 02 15, 03 14, 04 14, 05 13, 06 13, 07 13, 10 11, 11 21, 12 21, 13 22, 15 23, 16 23, 20 31, 21 32, 22 32,
23 34, 24 34, 25 37, 26 37, 27 37, 30 12, 31 33, 32 33, 33 36, 34 36, 35 35, 36 35, 40 50, 41 43, 42 43, 43 42,
44 42, 45 41, 46 41, 47 41, 51 44, 52 44, 53 45, 54 45, 55 52, 56 52, 57 46, 61 51, 62 51, 63 51, 64 51, 65 53,
66 53, 67 53, 71 61, 72 61, 73 62, 74 62, 75 64, 81 63, 83 65, 84 65, 85 54, 86 54, 010 1501, 014 1502, 030 1401,
050 1301, 063 1302, 065 1310, 110 2101, 116 2102, 130 2201, 150 2301, 210 3201, 211 3201, 212 3211, 213 3204,
214 3202, 215 3205, 221 3203, 222 3207, 223 3208|3213, 224 3209, 225 3210|3212, 226 3206, 230 3401, 250 3701,
264 3706, 266 3702, 310 3301, 311 3301, 312 3306, 313 3305, 314 3304, 315 3302, 316 3309, 321 3307, 322 3307,
323 3311, 324 3308, 325 3303, 330 3601, 350 3501, 361 3502, 362 3505, 410 4301, 430 4201, 450 4101, 471 4103,
510 4401, 515 4405, 516 4413, 518 4403, 519 4404, 523 4419, 528 4406|4420, 530 4501, 550 5201, 570 4601, 610 5101,
611 5101, 650 5301, 710 6101, 730 6201, 750 6401, 810 6301, 830 6501, 850 5401
`;

const prefixes = new Map(
  TABLE.trim()
    .split(/,\s*/)
    .map((entry): [string, string[]] => {
      const [prefix = '', codes = ''] = entry.split(' ');
      return [prefix, codes.split('|')];
    }),
);

/** Codes of the divisions in which a Chinese postcode (six digits) lies, by its longest known prefix; none for anything else. */
export function divisionCodesOf(postcode: string): string[] {
  const digits = postcode.normalize('NFKC').trim();
  if (!/^\d{6}$/.test(digits)) return [];
  return prefixes.get(digits.slice(0, 3)) ?? prefixes.get(digits.slice(0, 2)) ?? [];
}

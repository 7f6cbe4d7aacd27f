/**
 * China's public holidays and the weekends worked for them, as `chinese-days` has them (a test compares): month and day, by
 * year. The package itself would weigh more in every function than all deadlines together, and answers wrongly, without an
 * error, for years that it does not know.
 */
export const OFF: Readonly<Record<string, string>> = {
  2025: '0101 0128 0129 0130 0131 0201 0202 0203 0204 0404 0405 0406 0501 0502 0503 0504 0505 0531 0601 0602 1001 1002 1003 1004 1005 1006 1007 1008',
  2026: '0101 0102 0103 0215 0216 0217 0218 0219 0220 0221 0222 0223 0404 0405 0406 0501 0502 0503 0504 0505 0619 0620 0621 0925 0926 0927 1001 1002 1003 1004 1005 1006 1007',
};

/** Saturdays and Sundays that are worked. */
export const WORKED: Readonly<Record<string, string>> = {
  2025: '0126 0208 0427 0928 1011',
  2026: '0104 0214 0228 0509 0920 1010',
};

/**
 * The days off by law (the regulation of 2025: the eve and three days of the Spring Festival, two of Labour Day, three of National Day,
 * one of each other), of years of which the State Council has not said yet which weekends are worked for more of them.
 */
export const STATUTORY: Readonly<Record<string, string>> = {
  2027: '0101 0205 0206 0207 0208 0405 0501 0502 0609 0915 1001 1002 1003',
  2028: '0101 0125 0126 0127 0128 0404 0501 0502 0528 1001 1002 1003',
  2029: '0101 0212 0213 0214 0215 0404 0501 0502 0616 0922 1001 1002 1003',
  2030: '0101 0202 0203 0204 0205 0405 0501 0502 0605 0912 1001 1002 1003',
};

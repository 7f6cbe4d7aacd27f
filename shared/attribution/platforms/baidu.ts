import { type Conversion, type Platform, seconds } from '../conversion.ts';

/** The click is told by the address of the landing page with its `bd_vid`. */
const pageWith = ({ landingPage, clickIds }: Conversion): string =>
  `${landingPage ?? 'https://unknown.invalid/'}?bd_vid=${encodeURIComponent(clickIds.bd_vid ?? '')}`;

const one = (conversion: Conversion) => ({
  logidUrl: pageWith(conversion),
  newType: Number(conversion.name),
  convertTime: seconds(conversion.at),
  // In hundredths of a yuan.
  ...(conversion.value === undefined ? {} : { convertValue: Math.round(conversion.value * 100) }),
});

/**
 * 百度: what `ocpc.baidu.com/ocpcapi/api/uploadConvertData` takes, to which the sender adds the account's `token`; fewer than a
 * hundred a call. Types are numbers of Baidu's; which of them the account uses, and the units of `convertValue`, are not verified.
 */
export const baidu: Platform = {
  name: 'baidu',
  clickIds: ['bd_vid'],
  names: { contacted: '30', qualified: '18', won: '10' },
  type: 'application/json',
  write: (conversions) => JSON.stringify({ conversionTypes: conversions.map(one) }),
};

import type { Conversion, Platform } from '../conversion.ts';

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const row = ({ clickIds, name, at, value, currency }: Conversion): string =>
  [
    clickIds.gclid ?? '',
    name,
    `${at.slice(0, 10)} ${at.slice(11, 19)}`,
    value === undefined ? '' : String(value),
    value === undefined ? '' : currency,
  ]
    .map(cell)
    .join(',');

/**
 * Google Ads' file of offline conversions from clicks (support.google.com/google-ads/answer/7014069): times in UTC, as its
 * first line says. Names are those of the account's conversion actions. It may hold nothing of a person beside the click.
 */
export const googleAds: Platform = {
  name: 'google-ads',
  clickIds: ['gclid'],
  type: 'text/csv',
  write: (conversions) =>
    [
      'Parameters:TimeZone=+0000',
      'Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency',
      ...conversions.map(row),
      '',
    ].join('\r\n'),
};

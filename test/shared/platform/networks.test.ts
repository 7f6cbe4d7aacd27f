import { describe, expect, it } from 'vitest';
import { isInside, isOutside } from '../../../shared/platform/networks.ts';

describe('an address of a network of one’s own', () => {
  it.each([
    '0.1.2.3',
    '10.255.255.255',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.168.1.1',
    '198.19.255.255',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '64:ff9b::7f00:1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::FFFF:10.0.0.1',
    '::ffff:7f00:1',
  ])('is %s', (address) => expect(isInside(address)).toBe(true));

  it.each([
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '193.168.1.1',
    '198.20.0.0',
    '223.255.255.255',
    '::2',
    '2001:db8::1',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
  ])('is not %s', (address) => expect(isInside(address)).toBe(false));

  it.each([
    ['https://127.0.0.1/x', false],
    ['https://[::1]:8080/x', false],
    ['https://[::ffff:127.0.0.1]/', false],
    ['https://0x7f.1/', false],
    ['https://2130706433/', false],
    ['https://localhost/', false],
    ['https://8.8.8.8/', true],
    ['https://[2001:db8::1]/', true],
  ])('%s is asked: %s', async (url, outside) => expect(await isOutside(new URL(url))).toBe(outside));
});

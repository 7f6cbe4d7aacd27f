import { isOutside } from '../../../shared/platform/networks.ts';
import { type ChannelName, NotTaken } from '../message.ts';

/** @throws NotTaken when the host is in a network of one's own, by name or by address */
export async function mustBeOutside(channel: ChannelName, url: URL): Promise<void> {
  if (!(await isOutside(url))) throw new NotTaken(channel, 'private-network');
}

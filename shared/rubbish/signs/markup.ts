import { type Look, when } from '../sign.ts';

const LINK =
  /(https?:|hxxp|www\.|\/\/|\bt\.me\/|\bbit\.ly\b|\w\.(com|net|org|ru|xyz|top|cn|info|shop|click|online)\/)/iu;
const MARKUP = /<\s*\/?\s*[a-z!][^>]*>|\[\/?(url|link|b|img)\b[^\]]*\]|\{\{.*\}\}|javascript:/iu;

/** Names hold no addresses of sites and no tags. */
export const markup: Look = ({ contact, company }) => {
  const names = [contact.name ?? '', company?.name ?? ''];
  return [
    ...when(
      names.some((name) => LINK.test(name)),
      'link-in-name',
      'a link where a name belongs',
    ),
    ...when(
      names.some((name) => MARKUP.test(name)),
      'markup-in-name',
      'markup where a name belongs',
    ),
  ];
};

import { article, type Chart, type Compared, charts, hours, percent } from './charts.ts';

/** What is compared, as lines: what, under the naive dispatcher, under Leadkeeper, and what the article says of both. */
export function lines({ ours, naive }: Compared): [what: string, naive: string, ours: string, article: string][] {
  const reported = `${article.hoursBefore} h to ${article.hoursAfter} h`;
  const stable = `${100 * article.rightBefore} % to ${100 * article.rightAfter} %`;
  const per = (count: number): string => count.toFixed(1);
  return [
    ['first call after, on average', hours(naive.meanHours), hours(ours.meanHours), reported],
    ['first call after, half of them', hours(naive.medianHours), hours(ours.medianHours), ''],
    ['never called within the month', String(naive.neverCalled), String(ours.neverCalled), ''],
    ['given right: active, in the territory, on time', percent(naive.right), percent(ours.right), stable],
    ['given to somebody away or gone', String(naive.verdicts.absent), String(ours.verdicts.absent), ''],
    ['leads won', percent(naive.conversion), percent(ours.conversion), '7 % to 14.6 %'],
    ['least busy of the most busy rep, by day at work', percent(naive.fairness), percent(ours.fairness), ''],
    ['posts seen to be of one person', String(naive.duplicates), String(ours.duplicates), ''],
    ['messages to each admin a day', per(naive.alertsPerDay), per(ours.alertsPerDay), ''],
  ];
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1d2733;--faint:#5b6875;--line:#dfe4ea;--page:#fff;--card:#f7f9fb}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--faint:#a3b1bf;--line:#303a45;--page:#10161d;--card:#161e27}}
*{box-sizing:border-box}body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:840px;margin:2.5rem auto;padding:0 1rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .6rem}h2{font-size:1.08rem;line-height:1.4;margin:0 0 .2rem}
p{margin:.4rem 0 1rem}small,figcaption{color:var(--faint);font-size:.88rem}
figure{margin:1.4rem 0;padding:1.1rem 1.2rem .6rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
figcaption{margin-bottom:.7rem}svg{display:block;width:100%;height:auto}
.dark{display:none}@media(prefers-color-scheme:dark){.light{display:none}.dark{display:block}}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.45rem .7rem;border-bottom:1px solid var(--line);text-align:right}th:first-child,td:first-child{text-align:left}
th{color:var(--faint);font-weight:600;font-size:.88rem}td:nth-child(3){font-weight:600}`;

const figure = ({ says, about, light, dark }: Chart): string =>
  `<figure><h2>${says}</h2><figcaption>${about}</figcaption><div class="light">${light}</div><div class="dark">${dark}</div></figure>`;

/** The report as one page that needs nothing beside it. */
export function page(compared: Compared): string {
  const { leads, days, seed } = compared;
  const rows = lines(compared).map((line) => `<tr>${line.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>A month of sales</title><style>${STYLE}</style>
<h1>A month of sales, twice</h1>
<p>${leads.toLocaleString('en')} posts in ${days} days, drawn from seed ${seed}, from twelve kinds of sources, each in its own format and
with its own signature: the same posts, customers and reps under the dispatcher that the article describes, and under Leadkeeper’s real
handlers with the clock turned. Reps are fast and slow; one is half-time, one on leave, one leaves in the middle of the month, one is new.
HR pushes its roster every night, and once a broken one; texting is down for two hours; an admin publishes a map on which two territories
overlap. Customers buy as the article’s table of the industry says, by how soon they are called.</p>
<div class="wide"><table><tr><th></th><th>naive dispatcher</th><th>Leadkeeper</th><th>the article</th></tr>${rows.join('')}</table></div>
${charts(compared).map(figure).join('\n')}
<h2>How it is counted</h2>
<p><small>A lead is given right if, within ten minutes, it goes to somebody who was at work by HR’s books at that moment and serves the place
where the customer really is; where the post names only the city, to somebody of any of the city’s territories. Where a post says nothing of the
place, it is right that people are asked within ten minutes. It is wrong to go by a postcode that the customer mistyped, and to give leads to
somebody who left at noon until HR says so at night. Posts that were recognised as the same person’s are not counted again. Who was never called
counts as called at the month’s end. A rep’s leads are divided by the days at work, half for half-time, and compared within a territory;
Leadkeeper also looks at who wins what and at newcomers’ share, the naive dispatcher takes turns and gives leads to who is not there.
Alerts are what appears in the admins’ group chat: one message, seen by each. The company calls from half past eight to eight in the evening while
Leadkeeper’s deadlines run around the clock, as they do unless configured.</small></p>
</html>
`;
}

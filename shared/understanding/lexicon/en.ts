import type { Sense } from '../topics.ts';

const MONEY = '(?:prices?|pricing|costs?|quotes?|fees?|rates?|bill|number)(?: tag| point)?';
const BOSS =
  '(?:boss|manager|director|cfo|ceo|cto|coo|vp|board|owner|partners?|co-?founders?|head office|headquarters|hq|procurement|purchasing|finance(?: team| department)?|legal|leadership|management|team|committee|colleagues?|husband|wife|supervisor|department|it)';
const PERIOD =
  '(?:today|tonight|tomorrow|this (?:week|month|quarter|year|spring|summer|autumn|fall|winter)|next (?:week|month|quarter|year|spring|summer|fall)|(?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:the )?(?:end|start|beginning|middle) of (?:the |this |next )?(?:week|month|quarter|year|q[1-4]|[a-z]+)|year[- ]end|month[- ]end|q[1-4]|(?:spring|summer|autumn|fall|winter|christmas|easter|new year|the holidays)|(?:in|within) (?:the next )?(?:a |an |\\d+ |two |three |four |six |few |couple of )*(?:days?|weeks?|months?|years?))';
const START =
  '(?:go(?:ing)? live|launch|roll(?:ing)?(?: it)? out|start(?:ed|ing)?|switch(?:ed|ing)?|sign(?:ed|ing)?|buy|purchase|decide|decision|implement(?:ed|ation)?|deploy(?:ed)?|in place|up and running|set up|onboard(?:ed)?|migrat(?:e|ed|ion)|live|kick off|make a decision|choose|commit|deliver(?:ed|y)?|install(?:ed)?|replace)';
const WITH = '(?:with|by|past|through|to)';

/** English words and constructions by what they say: regular expressions, the longest of those that overlap. */
export const en: Readonly<Partial<Record<Sense, readonly string[]>>> = {
  dear: [
    "(?:asking|charging|paying|spend(?:ing)?|cost(?:s|ing)?) (?:a lot|too much|so much|way too much|an arm and a leg|a fortune)|(?:a|pretty|quite a|bit of a|very) (?:hefty|stiff|high|big) (?:price|fee|sum|number|ask|cost|bill|investment)|tough sell|hard sell|a lot (?:for what|of cash|to ask|for (?:a|what|such))|arm and a leg|blow(?:s|n)? (?:the|our) budget|(?:price|cost|number|sticker)(?: \\w+){0,2} (?:scared|shocked|surprised|stung|hurts?|put me|put us)|wallet|don't have that kind of money|too rich for|price increase|price hike|raised (?:the |your )?prices|not cheap|stretch for us|cheaper (?:options|elsewhere|alternatives)|seen cheaper|priced (?:out|too high|high)|the (?:math|numbers) (?:don't|doesn't|do not) (?:work|add up)(?: at that price)?|keep (?:it|the (?:price|cost|bill)) (?:under|below|down)|price (?:matters|is everything|conscious)|can only (?:spend|pay)|roi (?:isn't|doesn't|is not)|pay (?:that|this) much",
    'expensive|pricey|pricy|costly|overpriced|steep|exorbitant|dear|outrageous|unaffordable|extortionate',
    `${MONEY} (?:is|are|was|seems?|looks?|feels?|felt) (?:a |an |our |the |my |way |much |so |just |really |too |very |quite |pretty |rather |still |bit |little |big |main |major |real |biggest |only |on the )*(?:concern|issue|problem|worry|obstacle|blocker|barrier|sticking point|high|much|steep|deal ?breaker|higher|heavy|ridiculous|insane|crazy)(?: side)?`,
    `${MONEY} (?:put|puts|scared?s?|threw|turned|shocked?|surprised?|killed?|is killing|has put)`,
    "(?:can't|cannot|can not|couldn't|won't be able to|unable to|not able to|can hardly|could never) (?:really |quite |possibly |currently )?(?:afford|pay(?: for)?|justify (?:the|that|this|spending))",
    '(?:way |much |far |a lot |quite a bit |significantly )?(?:more|higher) than (?:we|i|our|what we) (?:pay|paid|expected|spend|spent|planned|thought|hoped|wanted|budgeted|had in mind|can)(?: \\w+)?',
    '(?:twice|double|triple|three times) (?:what|as much|the price|the cost)(?: we pay)?',
    '(?:out of|beyond|above) (?:our|my) (?:price range|reach|means|league)',
    '(?:too|so) much (?:money|to pay|for us)|a lot of money|that much money|break(?:s|ing)? the bank|rip[- ]?off|sticker shock|price[- ]sensitive',
    'hidden (?:fees|costs?)|extra (?:fees|charges?)',
    "(?:not|isn't|hardly) worth (?:it|the (?:money|price|cost))",
    'value for money',
  ],
  cheap: [
    '(?:costs?|pay(?:ing)?|came in|is|are|was|come in)(?: \\w+){0,3} (?:less|lower|under)(?: than)?|(?:percent|%) (?:lower|less|cheaper|off)|pocket change|fair price|price is (?:right|fair|fine|good|great|ok|okay)',
    'cheap|cheaper|inexpensive|affordable|good value|reasonabl[ey](?: priced)?|bargain|competitive(?:ly priced)?',
    'half (?:of )?(?:that|the price|your price|as much|what)|(?:lower|less|better) (?:than|price|quote|offer|deal)(?: (?:you|yours))?|undercut',
  ],
  cheaper: [
    'throw in|for free|free of charge|special (?:rates?|pricing|price|deal)|(?:nonprofit|non-profit|charity|startup|student|education|volume|bulk|early bird|loyalty) (?:rates?|pricing|discounts?|price|plan)|what can you do (?:for us|on|about)|any (?:chance|way) (?:of|to get|you could) (?:a |an )?(?:deal|better|lower|reduc\\w+|less|break|rate)|price break|cut (?:us|me) a deal|give (?:us|me) a (?:deal|break|better)|knock \\w+ off|come down|freebie|sweeten|waived?|reduced rate|pay (?:in|over|quarterly|per)|split the (?:payment|cost|bill)|fewer (?:seats|licen[cs]es|users)',
    'discounts?|rebates?|coupon|promo(?:tion)?|special offer|better (?:price|deal|rate|offer)(?! than)|price cut|waive',
    '(?:do|move|budge|flexib(?:le|ility)|negotiat(?:e|able|ion)|wiggle room|room)(?: \\w+){0,2} on (?:the |your |that )?(?:price|pricing|cost|number|rate|fee)',
    '(?:come|go|bring|knock|take|get) (?:\\w+ )?(?:down|off|lower|some money off|a bit off)(?: (?:on|the) (?:price|cost))?',
    'the best (?:you can do|price|offer|rate|deal)|best price|lowest (?:price|you can)|bottom line price|sharpen your pencil',
    '(?:match|beat) (?:their|that|the|this|his|her) (?:quote|price|offer)|price match',
    '(?:lower|reduce|cut|drop|negotiate|haggle) (?:the |your |that )?(?:price|cost|fee|rate|pricing)s?',
    '(?:instal?lments?|pay monthly|monthly payments?|spread the (?:cost|payment))|payment terms',
    '(?:save|saving) (?:us |some )?money|cheaper (?:plan|option|version|tier|package|way)',
    'depends on the price|if the price is right',
  ],
  budget: [
    '(?:gave|give|given|got|granted|approved)(?: us| me| \\w+)? (?:up to |about |around |a )?(?:\\$|€|£)?(?:\\d[\\d,.]*(?:k| thousand| grand)?|ten|twenty|thirty|forty|fifty|a hundred)(?: (?:k|thousand|grand))?|cost cent(?:er|re)|line item|capex|opex|fiscal year|financial year|spending (?:freeze|limit|cap)|p&l|grant|move (?:some )?(?:money|funds)|expense (?:it|this)|out of (?:my|our) (?:\\w+ )?(?:pocket|budget)|company card|put it on (?:my|the) card|invest(?:ed|ing)? in|purchase order|room in the budget|cap(?:ped)? at',
    "budgets?|budgeted|funding|funds?|earmarked|allocated|set aside|the money(?: (?:is|has been|was))?(?: \\w+)? (?:approved|available|there)|money (?:is|isn't|is not) (?:the|a|an|any) (?:problem|issue|object)",
    '(?:up to|around|about|roughly|have) (?:\\$|€|£)?\\d[\\d,.]*(?:k| thousand| grand)? (?:to spend|for this|set aside|available)',
  ],
  unfunded: [
    "(?:money|budget|cash|funds?|spending|finances?)(?:'s| is| are| was| has been| got| gets| are being)? (?:really |pretty |very |a bit |so )?(?:tight|cut|frozen|short|limited|slashed|gone|spoken for|committed|allocated already)|nothing(?:'s| is| has)? (?:been )?(?:allocated|budgeted|set aside|planned|left|earmarked)|no (?:money|funds?|cash|line item|allocation|room in the budget)|(?:don't|do not|doesn't) have (?:the |any |enough )?(?:money|funds?|cash|budget)|cost[- ]cutting|cutting (?:costs|back)|tighten(?:ing)? (?:our|the) belts?|hiring freeze|spent (?:it|everything|our)|got cut|broke(?= |$)",
    "(?:the |our |this year's |any |this )?(?:budgets?|funds?|funding|money)(?: \\w+){0,4}? (?:gone|spent|frozen|cut|tight|exhausted|used up|maxed out|not approved|dried up|limited|slashed|run out)",
    "(?:the |any )?(?:money|funds?|funding|budget) (?:hasn't|has not|haven't|isn't|is not|wasn't|was not|hasnt)(?: yet)?(?: been)? (?:approved|released|available|signed off|there|allocated|confirmed|finali[sz]ed|set|agreed)",
    '(?:find|found|secure|free up|come up with|ask for|get|raise) (?:the |some |more |any )?(?:money|funds?|funding|budget|cash)',
    '(?:out of|short of|strapped for|low on) (?:money|cash|funds|budget)|cash[- ]strapped|cash flow',
  ],
  beyond: [
    '(?:over|above|beyond|exceeds?|outside(?: of)?|blows?|more than) (?:our|the|my|what) (?:\\w+ ){0,2}budget(?:ed)?',
  ],
  decides: [
    "(?:i|i've|i have) (?:got )?(?:full |final |complete |the |sole |sign(?:ing)? )*(?:authority|say|power|sign[- ]?off)|up to me|i(?:'m| am) (?:in charge|responsible|the one|calling the shots|running)|just (?:me|us) (?:deciding|here)|(?:just|only) me|i call the shots|i hold the (?:budget|purse)|i make (?:the|all|those|these)(?: \\w+)? (?:decisions|calls)|no ?(?:one|body) else (?:needs|has|to)|my (?:own )?(?:company|business|shop|firm)(?= so|,|$)",
    "(?:it's|it is|that's|this is) (?:entirely |totally |ultimately |really |all )?(?:my|our) (?:call|decision|choice)|my (?:call|decision)",
    "i (?:can |could |will |do |'ll |get to |have the authority to |am able to |am authori[sz]ed to |am the one who |make |also )*(?:decide|sign(?: (?:it|this|off))?(?: myself)?|approve(?: it)?|make the (?:final )?(?:call|decision)s?|pull the trigger)",
    "i'm the (?:decision[- ]?maker|owner|founder|boss|buyer|one who (?:decides|signs|buys|pays)|ceo|budget holder)|i am the (?:decision[- ]?maker|owner|founder|boss|ceo)|i (?:own|run) the (?:budget|company|business)|i have the (?:final say|last word|authority|sign[- ]?off)",
    "(?:don't|do not|doesn't) (?:need|have to (?:ask|wait for|get)) (?:anyone(?:'s| else's)?|anybody(?:'s| else's)?|any|permission|approval|sign[- ]?off|to ask)(?: \\w+)?",
  ],
  defers: [
    '(?:scared?s?|convinced?|persuaded?|win over|won over|talk to|talking to|speak (?:to|with)|ask|show|forward(?: \\w+)? to|loop in|bring in|involve|sell|pitch|impress|meet|get) (?:\\w+ )?(?:my|our|the) (?:\\w+ )?(?:boss|manager|director|cfo|ceo|cto|coo|vp|board|owner|partners?|co-?founders?|procurement|purchasing|finance|legal|leadership|management|head of \\w+|lead|ops lead|team|committee|husband|wife|supervisor|it(?: guy| team| department)?|accountant|investors?)',
    "(?:my|our|the) (?:\\w+ )?(?:boss|manager|director|cfo|ceo|cto|coo|vp|board|owner|partner|co-?founder|procurement(?: team)?|finance(?: team)?|legal(?: team)?|leadership|management|head of \\w+|committee|husband|wife|accountant|investors?|it (?:guy|team|department))(?:'s)?(?: \\w+){0,2} (?:thinks?|said|says|wants?|likes?|loves?|hates?|prefers?|insists?|worries|holds?|controls?|picks?|chooses?|keeps?|asked|asks|will (?:decide|want|ask|have)|has (?:the|to|final|concerns)|needs?|is (?:worried|against|for|skeptical|keen|the one)|isn't|won't|doesn't|pushes|pushing|handles|looks after)",
    "(?:goes|go|went|going) (?:to|through|past|before|in front of) (?:the |our |a |my )?(?:committee|board|procurement|legal|finance|management|leadership|partners|approval|review|vote|tender)|(?:i'm|i am) (?:only|just) (?:a|an|the) \\w+|i was asked to|(?:collect|gather|get)(?:ing)? (?:some )?(?:quotes|information|info)|(?:not|isn't) (?:mine|my place) to|(?:and i|we) (?:both )?(?:decide|run the)|us deciding|get (?:\\w+ )?(?:people|everyone|others|them|him|her|stakeholders) (?:to (?:say yes|agree|sign)|on board)|stakeholders?|consensus|(?:have|need) to ask|waiting (?:on|for) (?:approval|a decision|sign[- ]?off|the (?:board|boss))|that(?:'d| would|'s| is) (?:be )?(?:my|our) \\w+|talking to (?:our|my|the)|they'll go with",
    `(?:run|clear|check|discuss|talk|speak|confirm|consult|align|review|bring|take|pitch|present|escalate|ask|convince|persuade|get|sell)(?: (?:this|it|that|back|in|about it|the idea|you|approval|sign[- ]?off|buy[- ]?in|permission|the okay|from))* (?:${WITH} |up ${WITH} |over ${WITH} |it ${WITH} |from )?(?:my|our|the|his|her) (?:\\w+ )?${BOSS}`,
    `(?:my|our|the) (?:\\w+ )?${BOSS}(?: \\w+)?(?: \\w+)? (?:decides?|approves?|approved|signs?(?: off)?|signed(?: off)?|has to|have to|needs? to|must|will have to|makes? the|has the (?:final|last)|wants? to see|gets the (?:final|last)|won't|agreed|said yes|is on board|would have to|gave)(?: (?:approve|sign(?: off)?|agree|decide|see|okay|review|look|final decision|decision|call|final call|the (?:green light|go[- ]ahead)))?`,
    `(?:procurement|finance|legal|purchasing|management|leadership|hq|head office|they|he|she) (?:\\w+ )?(?:decides?|approves?|approved|signs?(?: off)?|has to|have to|must|makes? the|needs? to)(?: (?:approve|sign(?: off)?|agree|decide|final decision|decision|call|review))*`,
    `for (?:my|our|the) (?:\\w+ )?${BOSS}`,
    "(?:not|never) (?:really |entirely |just |only )?(?:my|our) (?:call|decision|choice)|(?:isn't|not) (?:up to|down to) me|above my pay ?grade|(?:i'm|i am) not the (?:one who (?:decides|signs|approves|makes)|decision[- ]?maker|right person|buyer|budget holder)|i (?:can't|cannot|don't|do not|couldn't) (?:really |just )?(?:decide|sign|approve|make (?:that|the|this) (?:call|decision))",
    '(?:decision[- ]?makers?|final (?:say|decision|approval|call)|sign[- ]?off|signs off|green ?light|go[- ]ahead|buy[- ]?in|rfp|tender process|procurement process|steering committee)',
    '(?:we|i|us|together|and i|jointly) decide together|decide (?:together|jointly|as a (?:team|group))',
    'just (?:gathering|collecting|doing (?:the |some )?(?:research|homework))|on behalf of|for (?:a colleague|someone else|my boss)',
    'needs? (?:the |an? |some )?(?:approval|sign[- ]?off|blessing|okay|ok|permission)(?: (?:of|from|by) \\w+(?: \\w+)?)?',
  ],
  wants: [
    "what (?:i'm|we're|i am|we are) (?:after|looking for|really)|(?:i'm|we're|i am|we are) after|is a must|a must for|dealbreaker|non[- ]?negotiable|(?:want|need) (?:my|our) (?:reps|team|guys|people|managers)|(?:want|like|love) (?:to )?(?:stop|fix|automate|improve|replace|get rid of|have one|know who|see who|be able)|(?:hoping|looking|trying|want|need) (?:you|it|this|something) (?:can|could|to|that)|(?:it'd|it would|that'd|this would|that would) (?:save|help|solve|be a lifesaver)|(?:something|a tool|a system|software|one place|a place|a solution|an? app) (?:that|which|to|my|our|where)|single view|all in one place|(?:our|the|my) (?:main |biggest |top |number one |key )?(?:concern|focus|aim|wish|issue) (?:is|right now is) (?:to|that|getting|keeping|how)",
    '(?:need|needs|want|wants|require|requires)(?! (?:to (?:think|talk|speak|discuss|check|wait|know who|thank|see (?:an|the) (?:quote|price)|ask|decide|sign|run|start|go live|find the (?:funds|money)|be (?:clear|honest)|meet|call|buy|get (?:approval|sign|buy))|approval|a discount|anyone|anybody|my|our (?:boss|cfo)|the okay|time))(?: to)?',
    "(?:i'm|i am|we're|we are|been|currently|actively) (?:currently |actively |really )?(?:looking|searching|shopping|in the market|hunting) (?:for|to)|in need of|on the lookout for",
    '(?:has|have|needs?) to (?:be able to |also )?(?:integrate|work|support|connect|sync|run|handle|comply|be compatible|plug|scale|fit|be (?:easy|simple|secure|fast|hosted))(?: (?:with|into|on))?',
    'must[- ]have|(?:our )?requirements?(?: (?:is|are))?|deal ?breaker(?: is)?|our (?:main |biggest |top )?(?:goal|priority|need|objective|use case)s?|essential|critical (?:for|to) us|crucial|need(?= (?:for|of) )',
    "(?:i'd|we'd|i would|we would) (?:really |also )?(?:love|like|prefer|want) (?:to (?:see|have|be able|get|automate|know|track|improve|reduce|stop|find|use|replace)|it (?:to|if)|a|an|something|one)",
    "(?:it would|it'd|would|that would) be (?:really )?(?:great|nice|useful|helpful|handy|good|perfect|ideal|fantastic) (?:if|to (?:have|automate|be able|get|know|track))",
    "(?:can't|cannot|couldn't) (?:live|do|work|manage|function) without|wish (?:we|it|i) (?:had|could)|if only (?:we|it)|hoping (?:to|for|you can)|the idea is to|trying to (?:find|solve|fix|get|reduce|improve|automate|replace|stop)",
    '(?:need|needs) (?:a|an|something|better|more|some (?:kind|sort|way|tool)|to (?:be able|automate|track|replace|fix|improve|reduce|integrate|stop|see|manage|handle|know))',
  ],
  wishes: [
    'is there (?:a|any|some) way(?: to|s)?|can (?:it|your system|your tool) (?:also |automatically )?(?:handle|do|support|track|send|assign|integrate|deal with|connect|text|route|work with|sync)|how (?:do|can|would) (?:we|i) (?:see|track|stop|make sure|avoid|assign)|(?:do|does|would) (?:you|it|your) (?:have|offer|support|integrate|work with|handle|come with) (?!a (?:minute|moment|second|website|brochure|card))',
  ],
  pain: [
    "never get (?:called|contacted|answered|followed)|don't get (?:called|contacted|answered)|stepping on(?: each other's)? toes|chasing (?:my|our|the|up)|tired of|sick of|fed up|can't keep up|keep(?:s)? (?:losing|missing|forgetting|getting|crashing|breaking|dropping|going)|(?:leads?|calls?|customers?|deals?|enquiries|inquiries)(?: \\w+){0,2} (?:get lost|go cold|go missing|slip|fall|disappear|die|are wasted|go unanswered|go nowhere|sit)|go cold|all over the place|wast(?:e|es|ing|ed) (?:so much |a lot of |too much |our |hours|time|money)|(?:no|don't have (?:a|any)|got no|haven't (?:a|got a)) (?:clue|idea|way of knowing|way to (?:see|know|tell|track)|process|system in place|overview|visibility|record)(?: (?:which|who|what|where|how|of))?|double (?:entry|work|booked|booking)|siloed?|in (?:different|separate|five|ten|many) (?:places|systems|tools|sheets)|(?:it's|is|are|which is|gets) (?:such )?(?:a|an)? ?(?:mess|pain|disaster|hassle|struggle|guessing game)|drop(?:s|ped|ping)? the ball|leak(?:s|ing|age)?|nobody (?:knows|owns|calls|answers|picks)|growing (?:too )?fast|outgrown|bottlenecks?|response times? (?:is|are)|takes (?:\\w+ )?(?:hours|days|forever|ages|an hour|too long)|trouble|burden",
    'pain(?: points?)?|struggl(?:e|es|ed|ing)|headaches?|nightmare|bottleneck|frustrat(?:ed|ing|ion)|challeng(?:e|es|ing)|drives? (?:me|us) (?:crazy|mad|nuts)|overwhelmed|drowning in',
    '(?:falls?|falling|slip(?:s|ping)?|gets? lost|getting lost) (?:through|between) the cracks|(?:lose|loses|losing|lost|miss|missing|missed|forget|forgetting|waste|wasting) (?:\\w+ )?(?:leads?|deals?|customers?|clients?|track|time|hours|follow[- ]?ups?|opportunit(?:y|ies)|data|deadlines)',
    '(?:in|on|with|by|using|use|uses|of) (?:\\w+ )?(?:spreadsheets?|excel|paper|hand|sticky notes|google sheets)|manual(?:ly)?|by hand|copy[- ]?(?:and )?past(?:e|ing)',
    "(?:takes?|spend(?:s|ing)?) (?:us |me |them |our \\w+ )?(?:hours|days|ages|forever|too long|weeks|so much time)|too (?:slow|long|much time) to|nobody (?:follows|followed) up|no (?:visibility|overview|idea (?:who|what|where|which))|can't (?:see|tell|keep up|keep track)|inefficient|outdated|chaos|chaotic|a mess|messy|duplicat(?:e|es|ed) (?:leads|records|work)|(?:old|current|legacy) system|shut off|out of control|(?:is|are|was) broken",
  ],
  soon: [
    "(?:sorted|done|ready|running|live|finished|in place|up|set up|trained|decided|signed|working|replaced?|installed) (?:before|by|within|in time for|for) (?:the |i |we |our |my )?\\w+|(?:before|by) (?:i|we) (?:go|leave|start|open|launch|move|lose|hire)|kick(?:ing)? (?:this|it|things)? ?off|till the end of|until the end of|(?:by|before) (?:the )?(?:end of|fair|holidays?|deadline|season|audit|launch|event|expo|show|monday|friday)|(?:pick|choose|select|decide on) (?:someone|one|a vendor|a supplier)(?: \\w+)? (?:by|this|next)|time is (?:short|running out|of the essence)|running out of time|can't wait (?:any )?longer|this (?:month|quarter)|in (?:two|three|four|a few|\\d+) (?:days|weeks)|soon(?:er)?(?: rather than later| as we can)?|today(?= if|,)",
    'as soon as (?:possible|we can)|asap|right away|immediately|urgent(?:ly)?|straight away|in a hurry|the sooner the better|time[- ]sensitive|tight deadline|this week|quickly|right now we want',
    `${START}(?: (?:it|this|that|one|with|to|by|in|the|a|an|on|before|at|no later than|sometime|be|new|system|contract|pilot|ready|from|all|reps|team|everyone))* ${PERIOD}`,
    `(?:by|before|no later than|until) ${PERIOD}`,
    `(?:we|i)(?:'d| would| will|'ll| can| could)? ${START}(?: it| up| this)? (?:today|now|tomorrow|this week|right away|on the spot|straight away)`,
    '(?:ready|want|like|need|have|hope|plan|planning|aim|aiming|going|looking) to (?:start|go live|launch|decide|sign|begin|roll out|kick off|be live|be up and running|move forward|get started|get going|buy)',
    'our deadline|the deadline is|target date',
  ],
  later: [
    "no particular (?:deadline|date|time)|take our time|(?:plenty|lots) of time|(?:not|isn't) (?:that )?(?:pressing|urgent)|whenever|eventually|at some point",
    "(?:no|not in a|no real|not in any|without) (?:rush|hurry)|(?:isn't|not) (?:urgent|a priority)",
    `not (?:before|until|till) (?:the )?(?:${PERIOD})`,
    'delay(?:ed)?|push(?:ed)? (?:it )?back|(?:not ready|not there) yet|later (?:this|in the) year',
  ],
  putsOff: [
    "(?:revisit|reconnect|reach out|follow up|touch base|talk|speak|call|try|come back|get back|circle back|look)(?: \\w+){0,3} (?:after|in|next|later|once|when)(?: (?:the|a|an|we|i|few|couple of))*(?: \\w+)?|let's (?:revisit|wait|park|hold off|pause|talk later|pick this up)|hold(?:ing)? off|wait (?:until|till|for|and see)|on (?:ice|the back burner)|back burner|give (?:me|us) (?:a |some )?(?:couple|few|time|weeks|months|days)(?: \\w+)*|(?:a |hiring |spending |budget )?freeze|not (?:until|till)|nothing(?:'s| is)? (?:moving|happens|moves|gets decided|will happen|is happening)|(?:swamped|snowed under|slammed|too busy)|bandwidth|after the (?:holidays|summer|merger|audit|new year|season|move)",
    `(?:maybe|perhaps|probably|possibly|try (?:me |us )?again|check back|come back|circle back|revisit(?: \\w+)?|talk again|look at (?:it|this) again) (?:in |the |it |this |that |around |after )*(?:${PERIOD}|later)`,
    "(?:bad|not the right|not a good|isn't the (?:right|best)|terrible|poor) (?:time|timing|moment)|timing (?:isn't|is not) (?:right|great|good)",
    'down the (?:road|line|track)|some other time|another time|too (?:early|soon)|on hold|postpone[sd]?|put (?:it |this |that )?off|not (?:right )?now|not at the moment|not this (?:year|quarter|month)',
    '(?:tied|locked|bound)(?: in)? (?:to|with|into)(?: \\w+){0,4} until(?: \\w+)?|(?:contract|subscription|licen[cs]e|agreement) runs until(?: \\w+)?',
  ],
  when: [
    "how (?:soon|fast|quickly|long)|up and running|when (?:are|is|will|would|do|can|does) (?:we|it|you|my|our|they)(?: \\w+){0,4}|turnaround|next year's|due date|renewal",
    'wrong (?:time|timing|moment)',
    `(?:when|how (?:soon|fast|quickly|long))(?: \\w+){0,5}? (?:${START}|rollout|take|takes|ready|up|onboarding|training|setup|get it|implementation|available|begin)`,
    '(?:time ?(?:line|frame|scale)|schedule|lead time|go[- ]live(?: date)?|start date|deadline|roadmap|rollout)',
    '(?:our|the|their) (?:current )?(?:contract|subscription|licen[cs]e|renewal)(?: \\w+)? (?:is |comes )?(?:due|up|runs out|ends|expires)(?: (?:in|on|at|next))*(?: \\w+)?',
  ],
  refuses: [
    "(?:we're|i'm|we are|i am) (?:good|fine|all set|okay|covered|sorted|happy as|set)(?=$|,|\\.|!| for now| as| thanks| with what)|already (?:have|got|use|using|covered|in place|bought|taken care)(?: \\w+){0,3}|(?:don't|do not|doesn't|won't|wouldn't) (?:really )?(?:need(?! any(?:one|body))|want|care|bother|plan|intend|use)(?: \\w+)?|rather not|not (?:for (?:us|me)|our thing|what we (?:need|want))|second thoughts|absolutely not|no way|not a chance|never going to|(?:will|would|'ll) never (?:use|work|buy|go|fly|pay|agree)|(?:had|has) enough|lose my number|not sold|not buying|nah|no thanks|forget it|send me (?:some )?(?:info|information|something|an email) and|not looking(?: to)?|does the job|does (?:everything|all|what) (?:we|i)(?: \\w+)?|covers? (?:everything|all)|all of that covered|lock[- ]?in|commit to anything|unconvinced|lost me",
    "(?:not|n't|no|never|isn't|aren't)(?: (?:really|at all|that|particularly|currently|be))* interest(?:ed)?|no interest|no thanks?|no,? thank you",
    "(?:stop|quit|don't|do not) (?:call|email|contact|bother|message|chas|spam)(?:ing)?(?: (?:me|us))?(?: again)?|take (?:me|us) off|unsubscribe|leave (?:me|us) alone|remove (?:me|us)",
    "(?:(?:have|'ve|has) )?(?:already )?(?:signed|gone|went|decided to go|going|go|chosen|committed|bought)(?: up)? (?:with|for|from) (?:someone|somebody|another|a different|a competitor|the other|your competitor)(?: else| vendor| provider| company| one| guys)?",
    "(?:let me|i'll|we'll|i need to|we need to|i have to|have to|need to|want to|going to|i'd like to|we'd like to) (?:think|sleep) (?:about it|it over|on it|about this|about that)|think (?:about it|it over)|mull it over|on the fence|wait and see",
    "(?:won't|will not|not going to|isn't going to|is not going to|doesn't|does not|can't|wouldn't|not gonna|never going to)(?: \\w+)? work(?: (?:out|for (?:us|me)))?|not a (?:good )?(?:fit|match)|not (?:what|for) (?:we|us|i)(?: \\w+)?|(?:isn't|not) for us",
    "(?:don't|do not|can't|cannot|fail to|didn't|doesn't) (?:really )?see (?:why|the (?:point|value|need|benefit|difference)|how (?:this|that|it))(?: (?:we|i))?|(?:what's|what is) the point|why (?:would|should) (?:we|i)|waste of (?:time|money)|no (?:point|use for|reason to)|not worth",
    "(?:pass|passing) on (?:this|it|that)|(?:we'll|i'll|going to) pass|cancel(?:led|ling|ed)?|call it off|back(?:ing|ed)? out|pull(?:ing|ed)? out|turn(?:ed|ing)? (?:it|you) down|no deal|walk(?:ing)? away|not moving forward|not go(?:ing)? ahead|ruled? (?:you|it) out|deal ?breaker",
    '(?:happy|fine|ok|okay) (?:with what we have|as (?:we are|is|it is))|stick(?:ing)? with (?:what|our)|stay(?:ing)? with (?:what|our)|tied to',
  ],
  doubts: [
    "burn(?:ed|t) (?:before|by)|been burned|(?:don't|do not|can't|won't) (?:trust|believe|buy it)|what guarantee|how do (?:i|we) know|what if|who(?:'s| is) (?:going to|gonna|responsible)|sounds? too good|not (?:fully |totally |entirely )?(?:comfortable|confident|keen|there yet)|on the fence|red flag|gut feeling|catch(?=\\?|$)|still be (?:around|in business)|hesitat|wary|leery|hard time (?:believing|seeing)|unproven|new to this|small company|data (?:privacy|security|protection|breach)|gdpr|security (?:concerns|risk|questions)|vendor lock",
    'worr(?:y|ied|ies|ying|isome)|concern(?:s|ed|ing)?|afraid|nervous|hesitant|hesitat(?:e|ing|ion)|skeptical|sceptical|doubt(?:s|ful)?(?! it costs)|reservations?|uneasy|unsure|cautious|suspicious|fear|scared|objections?|risk(?:y|s)?|insecure|not (?:so |really |entirely |quite |at all |that )?sure (?:about|if|that|it|whether|this|you)',
    "(?:not|n't|hardly|un|yet to be|far from)(?: (?:really|quite|fully|entirely|yet|be|totally|exactly))*[ -]?convinced|hard to believe|too good to be true|i don't (?:trust|believe|buy)(?: \\w+)?",
    'what if (?:you|it|your|the|something|we)(?: \\w+){0,6}|what happens (?:if|when) (?:you|it|your)(?: \\w+){0,4}',
    'complaints?|a (?:problem|issue) with|an issue with|problems? with|issues with',
  ],
  flaw: [
    "crash(?:ed|es)?|froze|freezes|laggy|lag(?:s|ged)?|glitch|stopped working|didn't work|doesn't work|not (?:great|good|intuitive|ideal|impressive|perfect|reliable|user[- ]friendly|helpful|useful|fast|easy|simple|what (?:we|i))|aren't great|isn't great|wasn't great|meh|nothing special|underwhelm|too (?:much|many|complex|complicated|basic|simple|small|big|slow|hard|technical|rigid|busy|long|heavy)(?= for| to|,|$|\\.|!)|(?:way )?more than (?:we'd|we would|i'd|we|i)(?: ever)? (?:use|need|want)|steep learning|learning curve|hate change|hard to|pain to|missing (?:a|an|the|some|any|key)(?: \\w+){0,3}|(?:never|nobody|no one) (?:got|calls|called|answered|replied|gets?)(?: back)?|took (?:forever|ages|too long|weeks|days)|let down|dated|old[- ]fashioned|looks cheap|waste",
    'complicated|complex|clunky|confusing|cumbersome|slow|buggy|unreliable|unstable|ugly|difficult|hard to (?:use|learn|understand|set up|follow)|bad|terrible|awful|poor|horrible|worse|useless|disappoint(?:ed|ing|ment)|annoying|mediocre|lacking|limited|broken|crash(?:es|ed|ing)?|bugs?|glitch(?:es|y)?|downtime|outages?|underwhelm(?:ed|ing)|unhappy|dissatisfied|unsatisfied|unimpressed|hate[sd]?|dislike[sd]?|overkill|overwhelming|unprofessional|rude|unusable|unintuitive|inflexible|rigid',
    "(?:doesn't|does not|don't|can't|cannot|couldn't|won't|didn't|not able to|unable to|fails? to|isn't able to)(?: \\w+)? (?:support|integrate|handle|connect|sync|scale|export|import|do that|meet|cover|include|offer|have (?:an?|the|any)|load|work)(?: \\w+)?",
    '(?:missing|lacks?|without|no) (?:a |an |any |the |some |key )?(?:features?|integration|mobile app|api|support for|reporting|single sign-on|sso|documentation|offline|export|chinese|version)',
    "nobody (?:used|uses|would use|likes?|liked|wants?|could use)(?: it)?|(?:never|hasn't|have not|haven't|has not) (?:answered|replied|responded|called back|got back)|not (?:as|so) (?:good|easy|fast|useful|simple|nice|smooth) as(?: \\w+){0,3}|below (?:our )?expectations|let (?:us|me) down|put (?:me|us|everyone) off|left (?:us|me) cold",
  ],
  praise: [
    "i'm sold|we're sold|a breeze|breeze|joy|a dream|lifesaver|game[- ]changer|no[- ]brainer|super (?:helpful|easy|fast|useful|nice|friendly|clear)|worth (?:it|every penny|the (?:money|price))|pretty (?:impressed|good|great|cool|neat|slick|nice)|(?:make|makes|made|would make) (?:my|our) (?:life|lives|job|work)(?: \\w+){0,3} easier|can't (?:find|think of|see) anything (?:wrong|bad|to complain|not to like)|nothing (?:wrong|bad|to complain about|to dislike)|(?:would|'d|i'd|definitely|can) recommend|recommended|beats? (?:what|anything|everything|our|the)|miles? (?:better|ahead)|by a mile|way better|much better|so much (?:better|easier|faster)|thought of everything|works? (?:out of the box|as (?:advertised|promised)|beautifully|really well)|cool|sweet|lovely|fabulous|stellar|top quality|best (?:tool|one|demo|thing|i've|we've)(?: \\w+){0,3}|hit the nail|won me over|sold on|fan of|quick (?:to (?:respond|reply|set up|learn))|right (?:up our alley|tool|fit)|good fit|perfect fit|fits? (?:us|our needs|perfectly|well)|kudos|patient|friendly|knowledgeable",
    'not (?:at all |too |half |that )?bad|(?:my )?cup of tea|no complaints|nothing to complain about|can.t complain|happy|happier|satisfied|pleased|delighted|impressed|impressive|excited|thrilled|glad|content',
    '(?<=(?:i|we|they|n.t|never|not|team|really|also|do|he|she|guys|boss|actually|all|people|reps|manager) )(?:really |actually |absolutely |all |just |do |both )?(?:like|likes|liked)(?= (?:the|your|it|this|that|how|what|you|these|all|every|our|about|working|using|seeing)|$|[.!,])(?! (?:to|if|that kind))|(?:love|loves|loved|enjoy|enjoyed|adore)(?= (?:the|your|it|this|that|how|what|you|these|all|every|our|about|working|using|seeing)|$|[.!,])(?! (?:to|if|that kind))',
    "great|excellent|awesome|amazing|fantastic|perfect|brilliant|superb|outstanding|wonderful|terrific|spot on|exactly what (?:we|i)(?: \\w+|'ve)*|just what (?:we|i)(?: \\w+|'ve)*|beautiful|slick|smooth(?:ly)?|neat|nice|good|solid|elegant|well[- ](?:made|designed|done|thought)|top[- ]notch|first[- ]class|better than (?:i|we) (?:expected|thought|hoped)",
    'easy(?: to use)?|intuitive|user[- ]friendly|fast|helpful|useful|reliable|straightforward|simple|convenient|clear|clean|professional|responsive|robust|powerful|handy',
    "(?:works?|working|worked) (?:well|great|fine|perfectly|like a charm|beautifully|smoothly)|(?:makes?|made) (?:our|my|it|life|things) (?:\\w+ )?(?:easier|simpler|faster)|saves? (?:us|me) (?:\\w+ )?(?:time|hours)|blown away|exceed(?:s|ed)? (?:our )?expectations|big fan|(?:can't|cannot|couldn't) fault|hats off|kudos|well done|trust you",
  ],
  rivals: [
    '(?:your|a|the|another) rivals?|bake[- ]?off|head[- ]to[- ]head|(?:you|it) (?:versus|vs\\.?|instead of|rather than)|you over (?!the|it)|two others|a few others|three others|others? (?:offer|charge|quoted|have|do)|(?:did|doing|had|have) a (?:trial|demo|pilot|poc) (?:of|with)|(?:just )?like yours|the (?:last|previous|other) (?:vendor|company|system|tool|provider|one we|guys|product|software)|last (?:vendor|system|tool|provider|crm)|(?:dropped|ditched|left|replaced|fired|switched from|moved (?:off|away from)|migrat(?:e|ing|ed) from|coming (?:off|from)) (?:our |the |my )?\\w+(?: \\w+)?|(?:our|my|the|what we) (?:current|existing|present) (?:setup|stack|solution|software|system)|what we (?:have|use|had)(?: now| today)?|set ?up we have|contract with|locked into|in[- ]house (?:tool|system|solution)|been using|second quote|third quote|another quote|get(?:ting)? (?:some |a few |other )?quotes|rfp|tender|bids?|pick you|choose you|different from|better than (?!i|we)|why (?:should|would) (?:i|we) (?:pick|choose|go with|buy from)',
    'competitors?|competition|competing|rivals?|other (?:vendors?|providers?|suppliers?|compan(?:y|ies)|options?|solutions?|tools?|products?|quotes?|offers?|platforms?|systems?|brands?|players)|another (?:vendor|provider|supplier|company|option|solution|tool|product|quote|offer|platform|system|brand)',
    '(?:current|existing|present|previous|old|incumbent|last|former) (?:vendor|provider|supplier|partner|crm|tool|solution|platform|contractor|agency)|our (?:vendor|provider|supplier|agency)|incumbent',
    "(?:someone|somebody|anyone|anybody|everyone) else(?!'s)|elsewhere|alternatives?|shop(?:ping)? around|(?:compare|comparing|compared) (?:you|it|this|several|a few|quotes|offers|vendors)|(?:two|three|four|several|a few|couple of) (?:other|others|vendors|quotes|offers|providers)|your (?:main |biggest )?competitors?|the other guys|their (?:quote|offer|price|proposal)|tried something similar|something similar|rfp",
  ],
  nothing: [
    "in time(?! for)|happy (?:new year|birthday|holidays|weekend|to (?:wait|look|send|share|help|chat|talk))|neither good nor bad|need to (?:grab|go|leave|run(?! this)|get (?:my|the|back|going)|find (?:a|my)|hang up|pick up)|(?:how|what) about|about (?:two|three|\\d+)|i'd like to know|would like to know|sounds (?:good|great|fine|perfect)|good (?:morning|afternoon|evening|day|luck|question|point|idea)|(?:have a |have a very )(?:good|nice|great)(?: \\w+)?|nice (?:to (?:meet|see|hear|talk|e-?meet))|(?:glad|happy|pleased) to (?:meet|help|hear|chat|talk|be|join|send|share|answer|introduce)|great,? (?:thanks|thank you)|thanks?(?: you)?(?: very much| so much)?|perfect,? (?:thanks|thank you)",
    "i'm afraid (?:i|we|that's) (?:can't make|have to|won't be able to (?:make|join))|make (?:it|that) clear|to be clear|is (?:it|that) clear|just to be clear|clear(?:ed|ing)? (?:up|it)|fast forward|breakfast|steep learning|in good time|for good|as good as|clean ?up|oh dear|dear (?:sir|madam|mr|mrs|ms|all|team)(?: \\w+)?",
    '(?:it |that |this )?would be (?:nice|great|good|helpful|useful) to (?:see|hear|meet|talk|chat|have a (?:call|chat|look))(?: \\w+)*',
    'do(?:es)? (?:you|anyone|he|she|they) need(?: \\w+){0,3}|what (?:do|does|would|will) (?:you|they|he|she) (?:need|want|require)(?: \\w+){0,3}|need(?:s)? (?:anything|something) (?:from|else)|(?:good|fine|okay|ok) with (?:that|me)|feel like|looks? like|sounds? like|seems? like|would like|something like|just like',
    "(?:good|great|nice) things|you(?:'ll|'d| will| would| might| may)? (?:need|want)(?: to)?|if you (?:need|want)",
  ],
};

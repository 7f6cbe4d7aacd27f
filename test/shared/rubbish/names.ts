/** Names of people and companies as they come in, from many languages: none of them is rubbish. */
export const realNames: readonly string[] = `
吴|王芳|李雷|张伟|欧阳娜娜|司马相如|诸葛亮|陈思思|杨洋|丽丽|李丽丽|圆圆|范冰冰|高圆圆|黄晓明|阿依古丽·买买提|迪丽热巴|才旦卓玛|阿凡提|
丁一|于是|卜凡|乜子健|爨宝玉|王一一|王二|马云|何何|哈琳|阿信|区小姐|刘先生|陈女士|赵经理|林生|Mr. Wang|钱多多|金三顺|
Ng|Xu|Li|Wu|Yu|O|Bo Xi|Ho|Lý|Vy|Ye Qi|Hsu|Tsz Kwan Ng|Ng Wai Lam|Kwok|Chng Lee|Tng Wei|Hng|Zhng|Szeto|Xie Xiuqing|Zhang Xu|Qiu Jun|Lv Yang|
Zhuang Xiangyu|Xiong Zhengqiang|Huang Guangqing|Qian Xuesen|Jiang Jingjing|Shuang|Chuang|Ouyang Qi|Wang Fang|Li Lei|Zhao Ziyang|Cheung Kwok-wing|
Nguyễn Văn Anh|Trần Thị Hạnh|Phạm Nhật Vượng|Nguyễn Thị Phương Thảo|Đặng Thái Sơn|Ngô Bảo Châu|Hoàng Xuân Hãn|Lê Thị Ngọc Ánh|Bùi Quỳnh Như|Huỳnh Trung|Nghiêm|Khuất|
Nguyen Thanh Nghi|Truong Gia Binh|Khuong|Nhung|Thuy Trang|
Szabó Gergely|Nagy György|Székely Mátyás|Kövér Dzsenifer|Szűcs Zsófia|Csikszentmihályi Mihály|Vörösmarty|Kossuth Lajos|Gyurcsány Ferenc|Horthy|Hunyadi|Nyíregyházi|Szentgyörgyi Albert|Kis Pál|
Krzysztof Brzęczyszczykiewicz|Szczepan Pstrągowski|Grzegorz Brzenk|Zbigniew Wiśniewski|Wojciech Szczęsny|Błaszczykowski|Małgorzata Dąbrowska|Jędrzejczyk|Chrzanowski|Strzelczyk|Przybylski|
Vlk|Krč|Jiří Štrba|Zdeněk Smrž|Tomáš Vrba|Škrtel|Petr Čech|Hrdlička|Drnovšek|Strnad|Krejčí|Vlček|Hrvoje Horvat|Srđan Grk|Mrkšić|Trstenjak|Brnčić|Zvonimir Črnko|Ljiljana|
Schwarzschild|Hans Schmidt|Goldschmidt|Jürgen Klopp|Schwartz|Schulz|Wolfgang Pfitzner|Knecht Ruprecht|Herbst|Kirschstein|Dirk Wertheimer|Ralf Werth|Holzknecht|Angstwurm|Pfeffer|Dietrich|Friedrich Nietzsche|Hirschfeld|Lichtsteiner|Gottschlich|
John Smith|Mary O'Connor|Siobhán Ní Bhriain|Niamh Ó Súilabháin|Rhys Llywelyn|Gwynedd Pritchard|Lloyd|Flynn|Lynch|Glyn|Bryn|McKnight|MacDonald|DeShawn|Wright|Knights|Armstrong|Hargreaves|Trew|Worthington|Jacqueline|Jacques Chirac|Anne-Marie|Jean-Luc|JP|TJ Maxx|J. R. R. Tolkien|Dr. Phelps|PhD Smith|Henry VIII|John III|Mimi|Lulu|Nana|Coco|Jojo|Bob|Otto|Anna|Hannah|Eve|Ada|Dallas|Salah|Jalal|Sasha|Asad|Khaled|Falk|Gal Gadot|Jaffa Saad|Hala|
Mikael Ångström|Bjørn Østergård|Søren Kierkegaard|Þórður Guðmundsson|Hjördís|Gunnhildur|Sigurðsson|Håkan Kjærgård|Tjörvi|Fjodor|Jarl Hjalmar|Kjell|Bjork|Skjold|Hjelm|
Özgür Yıldırım|Çağlar Söyüncü|Şükrü|Tuğba Büyüküstün|Yılmaz|Gökhan|
José María Aznar|João Gonçalves|Íñigo Errejón|Xochitl|Xóchitl Gálvez|Cuauhtémoc|Nezahualcóyotl|Itzel Tzotzil|Ximena|Joaquín|Jesús Ñuñez|
Giuseppe Sgroi|Gnocchi|Sbragia|Chiara|Francesco Schettino|
Dmitri Shostakovich|Rimsky-Korsakov|Vsevolod|Khrushchev|Yevgeny Yevtushenko|Zhdanov|Мария Иванова|Иван Грозный|Олександр|Γιώργος Παπαδόπουλος|
Mbappé|Nkrumah|Ngozi Okonjo|Nwankwo Kanu|Tchouaméni|Mkhitaryan|Mzwandile|Thembi Ndlovu|Sbu Nkosi|Kgomotso|Tshepo|Ntombi|
محمد علي|فاطمة الزهراء|Mohammed bin Rashid|Abd al-Rahman|Khadija|Yusuf Qaradawi|Qasim|Iqbal|Tariq|Siddiqui|
राजेश कुमार|Krishnamurthy Subramanian|Venkatraman|Jyothsna|Sanjhna|Lakshmi|Vishwanathan|Bhrigu|Srivastava|Jnanpith|Gandhi|Ramkrishna|
山田太郎|さくら|佐々木希|小野妹子|김민준|이서연|황보|Hyun-jin Ryu|Kwon Jyu|Yoshitsune|Ryotaro|Tsutsumi|Kyoko|
สมชาย ใจดี|Thaksin Shinawatra|Srisuda|Phyu Phyu|Daw Aung San|Suu Kyi|Htwe|Kyaw Thu|דוד לוי|Shlomo Artzi|Tzvi|Yitzhak|🌸小美|小美🌸|Ann 🌟`
  .split('|')
  .map((name) => name.trim())
  .filter(Boolean);

/** Companies as they come in: abbreviations, digits, capitals. */
export const realCompanies: readonly string[] = `
苏州精工|3M|IBM|BASF|HSBC|ASML|KPMG|TSMC|BMW AG|SAP SE|PwC|DHL|UPS|58同城|51Job|360|7-Eleven|上海啊哈文化有限公司|阿里巴巴|阿斯顿马丁|华为技术有限公司|哈哈镜|滴滴出行|拼多多|
H&M|LVMH|AT&T|P&G|C&A|JPMorgan Chase|ThyssenKrupp|Schlumberger|Schneider Electric|Xiaomi|BYD|CATL|JD.com|Qualcomm|Nvidia|ZF Friedrichshafen|SKF|SMC|FANUC|ABB|GKN|NXP|LG|TCL|Zscaler|QNX|Sysdyn|Mövenpick|Rohde & Schwarz|
ŠKODA|Orsted|Krones|Trumpf|Festo|Bosch Rexroth|Kuehne + Nagel|Kärcher|Würth|Vestas|Grundfos|Embraer|Petróleo Brasileiro|Infosys|Wipro|HDFC|NTPC|Samsung SDI|SK hynix|Hyundai|LS Mtron|Mitsubishi|DENSO|THK|NSK|XCMG|SANY`
  .split('|')
  .map((name) => name.trim())
  .filter(Boolean);

/** What people and robots write who mean nothing by it. */
export const noiseNames: readonly string[] = `
asdf|asdfgh|asdfghjkl|qwer|qwerty|qwertyuiop|zxcv|zxcvbnm|zxcvb|qweasd|qweasdzxc|asdasd|asdasdasd|asd asd|qweqwe|dfgdfg|sdfsdf|sdfgsdfg|fghfgh|jkljkl|hjkhjk|zxczxc|poiuyt|lkjhgf|mnbvcxz|fdsafdsa|
dfkjgh|sdkfjh|xkcdq|fjdksl|lkjasd|sadfgh|hjkl|jkl;|ghjk|dfghj|cvbnm|xcvb|kjhgfd|wsxedc|qazwsx|1q2w3e4r|qwe123|asdf1234|1234|12345678|111111|0000|9999999|
aaa|aaaa|AAAAAA|xxx|XXXX|zzzzz|aaaaaaaaaa|hhhhhh|bbbbb|ababab|xyxyxy|abcabcabc|lalalala|hahahaha|jjjj kkkk|qqq www|aaa bbb|asdf qwer|sdf sdf|dsfsdf dsfsd|
BrvLzwQOTnxe|XpQzRtYwMnKd|hUjKlPoWqZx|QwErTyUiOp|kLmNbVcXz|TjQxWvZkPd|fGhJkLzXcV|
fdgdfgdfg|gfhgfhf|vbnvbn|cxvxcv|wrtwrt|tyutyu|hgfhgf|ghfgh|dfgdf|sdfds|sdfghjk|zxcasdqwe|rtyrty|bnmbnm|vcxvcx|fghjfghj|jhgjhg|kjhkjh|
啊|啊啊|啊啊啊|啊啊啊啊啊|哈哈|哈哈哈|嘿嘿嘿|呵呵呵|嗯嗯|哦哦哦|额额额|阿斯顿|阿斯蒂芬|阿斯达|撒大声地|大萨达|是大法官|水电费|去玩儿|的的的|我我我|人人人人|一一一|去去去|
测试|测试用户|测试一下|测试123|测试测试|这是测试|test|Test|TEST|test1|test 123|testing|tester|test user|test test|demo|null|undefined|none|N/A|n/a|anonymous|匿名|某某|无名氏|你猜|不告诉你|路人甲|John Doe|foo bar|abc|xyz|
...|---|!!!|？？？|***|.|//|@@@`
  .split('|')
  .map((name) => name.trim())
  .filter(Boolean);

"""Words that show nothing by themselves, by language: that one was never seen costs no query."""

from __future__ import annotations

_ENGLISH = """
    a about above across after against all along also am among an and another any anybody anyone
    anything are aren't around as at away be because been before behind being below beneath beside
    besides between beyond both but by can can't cannot could couldn't did didn't do does doesn't
    doing don't down during each either else ever every everybody everyone everything except few
    find for from had has hasn't have haven't having he he'd he'll her here hers herself him
    himself his how however i'd i'll i'm i've if image images in inside into is isn't it it'll its
    itself just least less like many may maybe me might mine more most much must my myself near
    neither never no nobody none nor not nothing now of off often on once one only onto or other
    others our ours ourselves out outside over own past per perhaps photo photograph photographs
    photos picture pictures please rather same shall she she'll shot shots should shouldn't show
    showing shown shows since so some somebody someone something sometimes somewhere still such
    than that that'll the their theirs them themselves then there these they they'd they'll
    they're they've this those though through throughout thus till to together too toward towards
    under underneath until up upon us very via was wasn't we we'd we'll we're we've were weren't
    what whatever when where whether which while who whoever whole whom whose why will with within
    without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    yourselves
"""
_CHINESE = """
    一 一些 一样 一起 七 万 三 上 上面 下 下面 不 与 且 两 个 中 中间 串 为 为了 之 之间 九 也
    了 二 于 五 些 什么 从 他 他们 以 以及 件 似 但 但是 位 你 你们 像 八 六 其 其中 其他 其它
    内 再 几 别人 到 前 前面 匹 十 千 半 又 及 双 另 另一 另外 只 台 各 同 名 后 后面 向 吗 吧
    呀 呢 周围 和 哦 哪 哪里 啊 嘛 四 因 因为 图 图像 图片 在 地 块 堆 外 外面 多 多少 大家 太
    头 她 她们 好像 如 如果 它 它们 家 对 对面 将 少 就 层 幅 并 并且 座 张 当 当时 往 很 很多
    得 怎么 您 我 我们 或 或者 所 所以 所有 找 找到 把 拍 拍摄 排 支 旁 旁边 无 时 时候 是 显示
    更 最 有 有些 本 朵 束 条 杯 枝 架 某 根 棵 次 正 正在 此 每 没 没有 沿 沿着 然后 照 照片 片
    瓶 用 由 百 的 盘 相片 着 碗 种 第 等 等等 给 群 者 而 自己 般 艘 虽然 被 让 许多 该 请 谁
    跟 辆 边 过 还 还是 还有 这 这个 这些 这样 这里 那 那个 那么 那些 那样 那里 部 都 里 里面 间
    附近 随 随着 非常
"""
# A word of these that means a thing in English ("hat", "car", "pod") is left out.
_GERMAN = """
    ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes
    auch auf aufnahme aufnahmen aus außerdem bei beide beiden beim bevor bild bilder bis bist da
    dabei dadurch dafür dagegen daher dahinter damit danach daneben dann daran darauf daraus darin
    darunter darüber das dass davon davor dazu dem den denen denn der deren des dessen desto dich
    die dies diese diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen
    einer eines einige einigen einiger einiges entlang er es etwas euch euer eure foto fotografie
    fotografien fotos für gegen gegenüber gemeinsam gerade gibt habe haben hatte hatten her hier
    hin hinein hinter hinunter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins
    irgendwo ist ja jede jedem jeden jeder jedes jemand jetzt kann kein keine keinem keinen keiner
    können könnte manche manchmal mehr mehrere mehreren mein meine meinem meinen meiner mich mir
    mit mitten möchte nach nachdem nahe neben nicht nichts noch nun nur ob oben oder ohne sehr
    sein seine seinem seinen seiner seines seit selbst sich sie sind so solche soll sollen sondern
    sowie statt trotz um und uns unser unsere unten unter viel viele vielen vom von vor vorbei
    wann waren warum was wegen weil weiter weitere weiteren welche welchen welcher welches wem wen
    wenig wenige wenn wer werden wie wieder wir wird wo wobei wohl worden wurde wurden während
    zeige zeigt zu zum zur zusammen zwar zwischen über
"""
_FRENCH = """
    afin ai aie ainsi ait alors après as au aucun aucune aujourd'hui auprès auquel aussi autour
    autre autres aux avant avec avez avoir avons ayant bien c ce ceci cela celle celles celui
    cependant ces cet cette ceux chacun chacune chaque chez comme contre d dans de dedans dehors
    depuis derrière des dessous dessus deux devant donc dont du durant dès déjà elle elles en
    encore entre es est et eu eux faire fait font grâce ici il ils image images j je jusqu jusque
    l la laquelle le lequel les lesquelles lesquels leur leurs loin lors lorsque lui là m ma mais
    malgré me mes mien mieux moins mon montrant montre même mêmes n ne ni non nos notre nous ont
    ou où par parce parmi pas pendant peu peut peuvent photo photographie photographies photos
    plusieurs pourquoi presque proche près puis qu quand que quel quelle quelles quelqu quelque
    quelques quels qui quoi s sa se selon sera ses si sien soi soient soit sont sous suis sur t ta
    tandis te tes toi toujours tous toute toutes travers trop très tu un une vers voici voilà vos
    votre vous vu ça étaient était étant été être
"""
_CZECH = """
    aby ani ano asi až bez blízko bude budou by byl byla byli bylo byly být během co což další
    dalších dalším dole dolů dovnitř fotce fotek fotka fotku fotky fotografie fotografii
    fotografií hned ho i jak jako jaká jaké jaký je jednou jeho jej jejich její jejích jejího
    jejím jejímu jejímž jejíž jemu jen jenom ještě jich jim jimi jiná jiné jiného jiný jiných
    jiným již jsem jsi jsme jsou jste jím k kam kde kdo když ke kol kolem kolik kterou která které
    kterého kterém který kterými kteří ku kvůli lze mají mezi mi mnoha mnoho mohou moje my má mám
    máme místo mít mě měl můj může na nad nade nahoru nahoře naproti naše ne nebo nebyl není než
    nic nich nimi nám námi nás náš ním nějakou nějaká nějaké nějakého nějakém nějaký nějakým
    několik několika o ob oba obraz obrázek obrázky obě od ode okolo on ona oni ono ony pak po
    poblíž pode podle podél pokud poté pouze pro proti protože proč před přede přes přese přesto
    při s se sebe sebou si skrz skrze snad snímek snímky sobě společně spolu svoje svoji svou své
    svého svém svému svých svými svůj sám ta tady tak takový také tam tebe tento teď tohle toho
    tohoto tom tomto tomu toto tu tuto tvůj ty tyto té této tím těch těchto třeba u už v vaše ve
    vedle velmi vy vás váš však všech všechen všechno všichni vůči z za zase zatímco zde ze že
"""

LITTLE = {
    "en": frozenset(_ENGLISH.split()),
    "zh": frozenset(_CHINESE.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
    "cs": frozenset(_CZECH.split()),
}

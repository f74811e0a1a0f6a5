"""The words of each language that say how something is asked or joined, not what about.

They are left out of what is looked for, and they tell in which language a short question is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType

from qa_desktop.indexing.words_fold import fold, skeleton, tokens

ENGLISH = """a about above after again against all also am an and any are as at be because been before being
    below between both but by can could did do does doing down during each few for from further had has
    have having he her here hers him his how i if in into is it its itself just me more most my no nor not
    of off on once only or other our out over own same she should so some such than that the their them
    then there these they this those through to too under until up upon us very was we were what when
    where which while who whom whose why will with would you your say says said tell according did"""

_LISTS = MappingProxyType(
    {
        "de": """aber alle allem allen aller als also am an andere anderen auch auf aus bei beim bin bis da
            damit dann das dass dem den denen der deren des dessen die dies diese diesem diesen dieser
            dieses doch dort du durch ein eine einem einen einer eines er es etwas euch für gegen hat
            hatte hatten haben hätte her hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins
            ist ja jede jedem jeden jeder jedes kann kein keine keinen können könnte man mehr mein mit
            nach nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind
            so solche soll sollte sowie über um und uns unter vom von vor wann war waren warum was wegen
            weil welche welchem welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie
            wieso wieviel viele viel wird wir wo wodurch wofür woher wohin womit woran worauf woraus worin
            worüber wovon wozu wurde wurden würde zu zum zur zwischen sagt sagte laut gibt gab""",
        "es": """a al algo ante antes aquel aquella como cómo con contra cual cuál cuales cuáles cuando
            cuándo cuanta cuánta cuantas cuántas cuanto cuánto cuantos cuántos de del desde donde dónde
            durante e el él ella ellas ellos en entre era eran es esa ese eso esta está están este esto
            estos estas fue fueron ha había habían han hasta hay hace la las le les lo los más me mi
            mientras muy ni no nos o otra otro otros para pero poco por porque qué que quien quién quienes
            quiénes se según ser si sí sin sobre son su sus también tan tanto te tenía tiene tienen tuvo
            un una unas uno unos y ya dice dijo hizo""",
        "fr": """à a ai as au aux avait avaient avec avez avons c ce ceci cela celle celles celui ces cet
            cette ceux chez ci combien comme comment contre d dans de depuis des dont du elle elles en
            encore entre est et étaient était été être eu il ils j je l la laquelle le lequel les
            lesquelles lesquels leur leurs lors lui m mais me même mes moins n ne ni nos notre nous on ont
            ou où par pas pendant peut plus pour pourquoi quand que quel quelle quelles quels qui quoi s
            sa sans se selon ses si son sont sous sur t ta te tous tout toute toutes très tu un une vers
            vos votre vous y dit""",
        "it": """a agli ai al alla alle allo anche aveva avevano c che chi ci come con contro cosa cui da
            dagli dai dal dalla dalle dallo degli dei del della delle dello di dopo dove e è ed era erano
            fa fra fu furono gli ha hanno i il in io la le lei li lo loro lui ma mentre mi ne negli nei
            nel nella nelle nello noi non nostro o ogni per perché più prima qual quale quali quando
            quanta quante quanti quanto quella quelle quelli quello questa queste questi questo se secondo
            sei senza si sia sono sta stata state stati stato su sua sue sugli sui sul sulla sulle suo
            suoi tra un una uno voi""",
        "pt": """a à ao aos aquela aquele as até com como contra da das de dela dele depois desde do dos
            durante e é ela elas ele eles em entre era eram essa esse esta está estão este eu foi foram há
            isso isto já lhe mais mas me mesmo muito na não nas nem no nos o onde os ou para pela pelas
            pelo pelos perante por porque porquê qual quais quando quanta quantas quanto quantos que quê
            quem se segundo sem ser seu seus só sob sobre sua suas também te tem têm teve tinha um uma
            umas uns""",
        "nl": """aan al alle als bij dan dat de deze die dit door een en er geen had hadden haar heb hebben
            heeft hem het hier hij hoe hoeveel ik in is je kan kon maar me meer met mijn na naar niet nog
            nu of om onder ons ook op over te tegen tot tussen uit van veel volgens voor waar waarom
            waarin waren wanneer was wat we wel welk welke werd werden wie wij worden wordt zal ze zich
            zij zijn zo zonder zou""",
        "ru": """а без бы был была были было быть в вам вас ваш весь во вот все всего всех вы где да даже для
            до его ее её если есть еще ещё же за зачем здесь и из или им их к как какая какие каким каких
            какое какой какого какую когда кого ком кому которая которого которое которой которые который
            которых кто куда ли между меня мне много может мой мы на над нас наш не него нее нет ни них но
            ну о об один однако он она они оно от откуда по под после потом почему при про с сам своего
            своей свои своих свой себе себя сколько со согласно так также такие такой там тем то тогда
            того тоже той только том тому тот у уже чего чей чем через что чтобы чьё чья эта эти этих это
            этого этой этом этот я сказал сказала""",
        "uk": """а але б без би був була були було бути в вам вас ви від він вона вони воно всі все где де
            для до є ж за зі з і із й її їх його як яка яке який які якого якої яких якщо коли кого кому
            котрий куди ли між мене ми на над нас наш не нього немає ні них но о об один по під після при
            про та так також там те ти тим того тоді той тому тут у хто це цей ця ці через чи чия чий чому
            що щоб скільки я""",
        "sr": """a ako ali bez bi bila bile bili bilo bio biti da dakle do dok duž ga gde gdje god i iako ih
            ili im iz ja je jedan jedna jedno jer jesu još ka kad kada kako kao kog koga kod koja koje
            kojeg kojem koji kojih kojim kojima kojoj koju koliko kolika koliki kome kroz ku li ma među mi
            mnogo može mu na nad nakon ne neki nego neka neke nešto ni nije nisu no o od ona onaj oni ono
            ova ovaj ove ovo ovog po pod posle poslije pre prema preko pri prije protiv radi s sa sam samo
            se sebe si smo ste su sve svi svog svoj svoje svoju ta tada taj tako takođe također te ti to
            tog toga toj tome tu u uz vam vas već vi za zašto zar zbog že što šta tko ko čemu čega čija
            čije čiji čim će ću""",
        "pl": """a aby ale bez był była było były być bo ci co czego czemu czy czyj czyja dla do gdy gdzie go
            i ich ile im ja jak jaka jaki jakie jakich jako jakim je jego jej jest jeszcze już każdy kiedy
            kim kogo komu kto która którą które którego której który których którym którzy lub ma mają
            między mi mimo na nad nam nas nie niej nich niż o od on ona one oni ono oraz po pod podczas
            poza przed przez przy są się skąd swoje swój ta tak także tam te tego tej ten to tu tych tylko
            tym u w we według wszystkie z za ze że został została zostały dlaczego""",
        "cs": """a aby ale ani až během bez by byl byla byli bylo být co což či čí čím do ho i já jak jaká
            jaké jaký jako je jeho její jejich jen ještě již jsem jsme jsou k kam kde kdo kdy kdyby když
            ke kolik koho komu která které kterého který kterých které kteří ku má mají mezi mezi na nad
            nebo není než nich o od on ona oni ono pak po pod podle pro proč proti před při s se si své
            svůj ta tak také tam ten tento to tom tu ty u už v ve však všechny z za ze že""",
        "sv": """alla allt att av blev bli blivit de dem den denna deras dess det detta dig din du där då
            efter ej eller en er ett från för ha hade han hans har henne hennes hon honom hur hur i icke
            inom inte jag ju kan kunde man med mellan men mig min mot mycket många ni nu när någon något
            några och om oss på samma sedan sig sin sina sitt ska skulle som så till under upp ut utan vad
            var vara varför vara varit vem vems vi vid vilka vilken vilket än är över""",
        "da": """af alle alt anden at blev blive da de dem den denne der deres det dette dig din dog du efter
            eller en end er et for fordi fra få gør ham han hans har have havde hende hendes her hun hvad
            hvem hver hvilke hvilken hvilket hvis hvor hvorfor hvordan hvornår i ikke ind jeg jer jo kan
            kunne man mange med meget men mig min mod mellem ned noget nogle nu når og også om op os over
            på sig sin skal skulle som sådan til ud under var ved vi vil ville være været""",
        "no": """alle at av ble bli blitt både da de dem den denne der deres det dette du då eller en enn er
            et etter for fordi fra før ha hadde han hans har henne hennes her hun hva hvem hver hvilke
            hvilken hvilket hvis hvor hvordan hvorfor i ikke inn jeg kan kunne man mange med meg mellom
            men mer min mot når noe noen nå og også om opp oss over på så sin skal skulle som til ut uten
            var ved vi vil ville være vært""",
        "fi": """ei eivät ennen että hän he ja joka jonka jos jotka kanssa keiden kenen ketkä koska kuin
            kuinka kuka kun kunka mikä miksi milloin minä missä mistä mitä mitkä mutta myös ne niin nyt
            oli olivat olla on ovat paljonko se sekä sen siitä sitä tai tämä tässä tuo vai vain vuonna""",
        "ro": """a acea aceasta această acest acesta acestei acestor acestui ai al ale am are as asupra au
            avea avut ca care cărei căror cărui câte câți ce cel cele celor cât când către cei cine cu cui
            cum da dar de deși despre din după ea ei el ele era erau este eu fi fie fost în într iar îi
            își la le li lor lui mai nici nu o ori pe pentru peste prin sa sau se și sub sunt și-a te un
            unde unei unor unui va""",
        "hu": """a az ahol aki amely amelyek ami amikor annak át be benne csak de e egy el és ez ezek ezt fel
            ha hány hány hol hogy hogyan honnan hová így is itt ki kik kinek kit között le lesz lett
            között meg melyik melyek mennyi mert mi mikor miért milyen mint mit nagyon nem nincs ő ők ott
            pedig se sem szerint által után vagy van vannak volt voltak""",
        "tr": """acaba ama ancak bazı belki ben bile bir biri biz bu bunu bunun çok da daha de defa değil
            diye en gibi göre hangi hem hep her hiç için ile ise kaç kadar kez ki kim kime kimi kimin mı
            mi mu mü nasıl ne neden nerede nereden nereye niçin niye o olan olarak oldu olduğu onlar onu
            onun sen siz sonra şu tarafından tüm ve veya ya yani zaman""",
        "sq": """a ai ajo ata ato atë çfarë cila cilat cilët cili cilin cilit dhe do duke e edhe është i
            ishin ishte ja janë jo ka kanë kë kështu kjo ku kur kush këtë ky më me midis mund në nëse nga
            nga një nuk o pas për pra pse prej sa se sepse si sipas te të tek tij u unë që saj""",
        "el": """αλλά αν από αυτά αυτή αυτό αυτός γιατί για δε δεν είναι είχε ένα ένας έχει έχουν η ή ήταν
            και κατά με μετά μια μία να ο οι όπου όταν ότι ου πόσα πόσες πόσο πόσοι που πού προς πώς σε
            στη στην στις στο στον στους τα τη την της τι τις το τον του τους των ποια ποιες ποιο ποιοι
            ποιος ως""",
        "ar": """في من إلى على عن ما ماذا متى أين كيف كم لماذا هل هو هي هم الذي التي الذين هذا هذه ذلك تلك
            كان كانت أن إن لا لم لن قد و أو ثم بعد قبل بين مع عند أي""",
    }
)
_KIN = MappingProxyType({"hr": "sr", "bs": "sr", "nb": "no", "nn": "no"})
_VULGAR = frozenset("sr hr bs".split())  # written in two scripts
_LEAST_MORE = 1  # words by which another language must lead English


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language as `form` writes them, none of one that has no list here."""
    code = _KIN.get(language, language)
    if code in ("en", ""):
        return frozenset(ENGLISH.split())
    return frozenset(form(w, code) for w in _LISTS.get(code, "").split())


def form(word: str, language: str) -> str:
    """Return `word` as the list of that language holds it."""
    if language in ("en", ""):
        return word.casefold()
    return skeleton(word) if language in _VULGAR else fold(word)


def is_stop_word(word: str, language: str) -> bool:
    """Tell whether `word` only joins or asks in `language` ('': taken for English)."""
    return form(word, _KIN.get(language, language)) in stop_words(language)


def language_by_stop_words(text: str, languages: Iterable[str] = ()) -> str:
    """Return the language (ISO 639-1) most of whose stop words `text` holds, '' where it holds none.

    `languages` are preferred where several come to the same; without a clear lead English is taken.
    """
    words = list(tokens(text))
    preferred = {_KIN.get(code, code) for code in languages}
    votes = {code: sum(is_stop_word(w, code) for w in words) for code in ("en", *_LISTS)}
    best = max(votes, key=lambda code: (votes[code], code in preferred, code == "en"))
    if not votes[best]:
        return ""
    return "en" if best not in preferred and votes[best] < votes["en"] + _LEAST_MORE else best

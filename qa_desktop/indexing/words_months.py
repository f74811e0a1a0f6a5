"""The names of the months in the languages of the library, as far as they tell which month is meant.

Names are those of the Unicode CLDR, full, inflected as beside a day, and shortened where that is usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qa_desktop.indexing.words_fold import fold

# Twelve groups a line, one for each month; forms of one month are joined by "/".
_TABLE: Mapping[str, str] = MappingProxyType(
    {
        "en": """january/jan february/feb march/mar april/apr may june/jun july/jul august/aug
            september/sept/sep october/oct november/nov december/dec""",
        "de": """januar/jänner/jan februar/feber/feb märz/mär/mrz april/apr mai juni/jun juli/jul august/aug
            september/sept/sep oktober/okt november/nov dezember/dez""",
        "fr": """janvier/janv février/févr/fév mars avril/avr mai juin juillet/juil août septembre/sept
            octobre/oct novembre/nov décembre/déc""",
        "es": """enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago
            septiembre/setiembre/sept/sep octubre/oct noviembre/nov diciembre/dic""",
        "it": """gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago
            settembre/set ottobre/ott novembre/nov dicembre/dic""",
        "pt": """janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago
            setembro/set outubro/out novembro/nov dezembro/dez""",
        "ca": """gener febrer març abril maig juny juliol agost setembre octubre novembre desembre""",
        "ro": """ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie
            decembrie""",
        "nl": """januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug
            september/sep oktober/okt november/nov december/dec""",
        "sv": """januari/jan februari/feb mars april/apr maj juni/jun juli/jul augusti/aug september/sep/sept
            oktober/okt november/nov december/dec""",
        "da": """januar/jan februar/feb marts april/apr maj juni/jun juli/jul august/aug september/sep/sept
            oktober/okt november/nov december/dec""",
        "no": """januar/jan februar/feb mars april/apr mai juni/jun juli/jul august/aug september/sep/sept
            oktober/okt november/nov desember/des""",
        "fi": """tammikuu/tammikuuta/tammikuussa helmikuu/helmikuuta/helmikuussa
            maaliskuu/maaliskuuta/maaliskuussa huhtikuu/huhtikuuta/huhtikuussa
            toukokuu/toukokuuta/toukokuussa kesäkuu/kesäkuuta/kesäkuussa heinäkuu/heinäkuuta/heinäkuussa
            elokuu/elokuuta/elokuussa syyskuu/syyskuuta/syyskuussa lokakuu/lokakuuta/lokakuussa
            marraskuu/marraskuuta/marraskuussa joulukuu/joulukuuta/joulukuussa""",
        "ru": """январь/января/январе/янв февраль/февраля/феврале/фев март/марта/марте
            апрель/апреля/апреле/апр май/мая/мае июнь/июня/июне июль/июля/июле август/августа/августе/авг
            сентябрь/сентября/сентябре/сент октябрь/октября/октябре/окт ноябрь/ноября/ноябре/нояб
            декабрь/декабря/декабре/дек""",
        "uk": """січень/січня/січні лютий/лютого/лютому березень/березня/березні квітень/квітня/квітні
            травень/травня/травні червень/червня/червні липень/липня/липні серпень/серпня/серпні
            вересень/вересня/вересні жовтень/жовтня/жовтні листопад/листопада/листопаді
            грудень/грудня/грудні""",
        "sr": """januar/januara/januaru/jan/јануар/јануара/јануару
            februar/februara/februaru/feb/фебруар/фебруара/фебруару mart/marta/martu/март/марта/марту
            april/aprila/aprilu/apr/април/априла/априлу maj/maja/maju/мај/маја/мају
            jun/juna/junu/јун/јуна/јуну jul/jula/julu/јул/јула/јулу
            avgust/avgusta/avgustu/august/augusta/augustu/avg/август/августа/августу
            septembar/septembra/septembru/sept/септембар/септембра/септембру
            oktobar/oktobra/oktobru/okt/октобар/октобра/октобру
            novembar/novembra/novembru/nov/новембар/новембра/новембру
            decembar/decembra/decembru/dec/децембар/децембра/децембру""",
        "hr": """siječanj/siječnja/siječnju veljača/veljače/veljači ožujak/ožujka/ožujku
            travanj/travnja/travnju svibanj/svibnja/svibnju lipanj/lipnja/lipnju srpanj/srpnja/srpnju
            kolovoz/kolovoza/kolovozu rujan/rujna/rujnu listopad/listopada/listopadu
            studeni/studenog/studenoga/studenom prosinac/prosinca/prosincu""",
        "sl": """januar/januarja februar/februarja marec/marca april/aprila maj/maja junij/junija
            julij/julija avgust/avgusta september/septembra oktober/oktobra november/novembra
            december/decembra""",
        "mk": """јануари февруари март април мај јуни јули август септември октомври ноември декември""",
        "bg": """януари февруари март април май юни юли август септември октомври ноември декември""",
        "pl": """styczeń/stycznia/styczniu luty/lutego/lutym marzec/marca/marcu kwiecień/kwietnia/kwietniu
            maj/maja/maju czerwiec/czerwca/czerwcu lipiec/lipca/lipcu sierpień/sierpnia/sierpniu
            wrzesień/września/wrześniu październik/października/październiku
            listopad/listopada/listopadzie grudzień/grudnia/grudniu""",
        "cs": """leden/ledna/lednu únor/února/únoru březen/března/březnu duben/dubna/dubnu
            květen/května/květnu červen/června/červnu červenec/července/červenci srpen/srpna/srpnu září
            říjen/října/říjnu listopad/listopadu prosinec/prosince/prosinci""",
        "hu": """január/januárban február/februárban március/márciusban április/áprilisban május/májusban
            június/júniusban július/júliusban augusztus/augusztusban szeptember/szeptemberben
            október/októberben november/novemberben december/decemberben""",
        "sq": """janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor""",
        "tr": """ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık""",
        "el": """ιανουάριος/ιανουαρίου φεβρουάριος/φεβρουαρίου μάρτιος/μαρτίου απρίλιος/απριλίου μάιος/μαΐου
            ιούνιος/ιουνίου ιούλιος/ιουλίου αύγουστος/αυγούστου σεπτέμβριος/σεπτεμβρίου
            οκτώβριος/οκτωβρίου νοέμβριος/νοεμβρίου δεκέμβριος/δεκεμβρίου""",
    }
)  # fmt: skip
_SHORTENED = 4  # letters up to which a form that is not the full name counts as shortened
_KIN = MappingProxyType({"bs": "sr", "nb": "no", "nn": "no"})


def _names_of(table: str, *, clear: bool) -> dict[str, int]:
    """Return the month of each name; if `clear`, without shortened forms that are words elsewhere."""
    return {
        fold(form): number
        for number, group in enumerate(table.split(), 1)
        for place, form in enumerate(group.split("/"))
        if not clear or place == 0 or len(form) > _SHORTENED
    }


def _clear_anywhere() -> dict[str, int]:
    """Return the names that mean the same month in every language that has them."""
    meanings: dict[str, set[int]] = {}
    for code, table in _TABLE.items():
        for name, number in _names_of(table, clear=code != "en").items():
            meanings.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in meanings.items() if len(numbers) == 1}


_MONTHS = {code: _names_of(table, clear=False) for code, table in _TABLE.items()}
_ANYWHERE = _clear_anywhere()


def month_number(name: str, language: str) -> int:
    """Return 1 to 12 for the name of a month in `language`, or in any other if it is clear there, else 0."""
    folded = fold(name)
    own = _MONTHS.get(_KIN.get(language, language), {})
    return own.get(folded) or _ANYWHERE.get(folded, 0)

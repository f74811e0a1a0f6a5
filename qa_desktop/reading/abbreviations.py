"""Words that tell whether a full stop after, or before, them ends a sentence.  All in lower case.

They are those of English, German, French, Spanish, Italian, Russian, Ukrainian, Serbian, Croatian, Bosnian,
Albanian, Polish, Turkish, Greek and Arabic together: a text quotes in other languages, and its own is not
known while it is read.  A word stands here only if no other of these languages ends sentences with it often.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name, a number or a quotation's source follows these; they never end a sentence.
ALWAYS_OPEN = _words("""
    mr mrs ms messrs dr prof gen col lt sgt capt cpt adm cmdr cpl pvt brig rep sen gov hon rev fr st
    pres amb mme mlle mlles sra srta hr hrn fam dipl ing vs cf viz approx resp e.g i.e eg ie z.b d.h u.a o.g
    bzw sog ggf vgl inkl zzgl evtl bspw hrsg betr bzgl geb verh gest fa u.s.c op loc v
    mgr mgrs mlles av dra dres sres sras lic dña ej sig sigg dott avv cfr doç yrd bkz sn
    tzw tzv tj np npr ks św bp płk mjr kpt ul odn tzn znj znjsh
    ул вул просп пер наб обл проф акад доц ген полк подп подполк адм тов митр архиеп преп бул инж мр гђа
    гђица тзв нпр напр δρ καθ βλ د أ
""")

# The same, unless they stand behind a number: "г. Москва", but "в 1999 г."; "Maj. Moor", but "3 maj."
OPEN_UNLESS_AFTER_NUMBER = _words("maj г гг в вв м с κ")

# These are open when a number (or a numeral of letters) follows: "No. 5", "p. 133", "Art. IV", "Jan. 8".
OPEN_BEFORE_NUMBER = _words("""
    no nos nr num p pp pg fig figs tab eq eqs vol vols ch chap sec sect art arts para paras pt pts ver app
    ed ex cl reg res doc bd s abs br str čl al et seq ff c ca rd ust poz pkt rn
    jan feb mar apr jun jul aug sep sept oct nov dec okt dez mai
    janv févr avr juil déc éd env n núm núms pág págs cap caps ene abr ago dic pag pagg genn febbr magg
    giu lug sett ott tač sl gl neni fq f godz r rozdz ryc ok
    стр с рис табл гл ст п пп ч т илл прим разд д кв корп час мин тел бр чл тач сл таб св ок
    παρ αρ αρθ σελ κεφ εδ ص
""")

# These belong to a name, a title or a sum that may go on: "Acme Inc. Holdings", but not "Acme Inc. The".
NAME_MAY_GO_ON = _words("""
    inc corp ltd co bros llc plc jr sr esq dept univ assn ave blvd mt ft gmbh
    med jur phil rer nat habil hab mio mrd tsd arch др им ім
""")

# Dotted abbreviations after which a capital letter does begin a sentence.
DOTTED_END = _words("a.m p.m d.c ph.d m.d b.a m.a b.c a.d etc")

# In German and in the South Slavic languages, ordinals carry a full stop: "am 3. Oktober", "čl. 5. Zakona".
AFTER_ORDINAL = _words("""
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrhunderts jahrhunderte jahrhunderten jahrtausend jahrtausends weltkrieg weltkriegs
    weltkrieges auflage kapitel geburtstag lebensjahr stock stockwerk etage klasse jh jhd aufl
""")
BEFORE_ORDINAL = _words(
    "im des dem der den zum vom beim ihrem seinem čl. član člana чл. члан члана stav stava"
)

# Words that begin sentences far more often than they continue a name.
STARTERS = _words("""
    the this that these those it its he she they we you i in on at by for from with as to of a an and but or
    so yet if when while after before since although though because however moreover furthermore meanwhile
    nevertheless there here then thus hence also his her their our my what who why how where which such some
    many most all both each no not one another other despite during under according over between among
    through until only even instead later today following
    der die das ein eine er sie es wir ihr im am und aber doch als wenn nach vor seit bei mit
    le la les un une il elle ils elles et mais dans en
    он она они оно это эти этот мы я но а и в на по после при для если когда так затем потом однако также
    кроме у од са за да то то су се овај ова ово они оне ako kada kad zatim potom međutim to ovo ona oni on u
    na za """)

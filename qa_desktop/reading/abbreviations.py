"""Words that tell whether a full stop after, or before, them ends a sentence.  All in lower case."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name, a number or a quotation's source follows these; they never end a sentence.
ALWAYS_OPEN = _words("""
    mr mrs ms messrs dr prof gen col lt sgt capt cpt maj adm cmdr cpl pvt brig rep sen gov hon rev fr st
    pres amb mme mlle mlles sra srta hr fam dipl ing vs cf viz approx resp e.g i.e eg ie z.b d.h u.a o.g
    bzw sog ggf vgl inkl zzgl evtl bspw u.s.c op loc v
""")

# These are open when a number (or a numeral of letters) follows: "No. 5", "p. 133", "Art. IV", "Jan. 8".
OPEN_BEFORE_NUMBER = _words("""
    no nos nr num p pp pg fig figs tab eq eqs vol vols ch chap sec sect art arts para paras pt pts ver app
    ed ex cl reg res doc bd s abs br str čl al et seq ff c ca ust poz pkt
    jan feb mar apr jun jul aug sep sept oct nov dec okt dez mai
""")

# These belong to a name that may go on: "Acme Inc. Holdings", but not "Acme Inc. The".
NAME_MAY_GO_ON = _words("""
    inc corp ltd co bros llc plc jr sr esq dept univ assn ave blvd mt ft gmbh
""")

# Dotted abbreviations after which a capital letter does begin a sentence.
DOTTED_END = _words("a.m p.m d.c ph.d m.d b.a m.a b.c a.d etc")

# German ordinals carry a full stop: "am 3. Oktober", "im 18. Jahrhundert".
AFTER_ORDINAL = _words("""
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrhunderts jahrhunderte jahrhunderten jahrtausend jahrtausends weltkrieg weltkriegs
    weltkrieges auflage kapitel geburtstag lebensjahr stock stockwerk etage klasse
""")
BEFORE_ORDINAL = _words("im des dem der den zum vom beim ihrem seinem")

# Words that begin sentences far more often than they continue a name.
STARTERS = _words("""
    the this that these those it its he she they we you i in on at by for from with as to of a an and but or
    so yet if when while after before since although though because however moreover furthermore meanwhile
    nevertheless there here then thus hence also his her their our my what who why how where which such some
    many most all both each no not one another other despite during under according over between among
    through until only even instead later today following
    der die das ein eine er sie es wir ihr im am und aber doch als wenn nach vor seit bei mit
    le la les un une il elle ils elles et mais dans en
""")

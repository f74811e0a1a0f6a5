"""Texts by which an added model is judged: questions, the passage that answers each, and others beside it.

Written for this purpose.  Passages come in pairs on one subject, of which only the first answers the
question, so that a model whose distances have become coarse shows it.  Some are in other languages and
scripts, one is far longer than any window, one is empty: the tokenizers must agree on those as well.
"""

from __future__ import annotations

_SUBJECTS = (
    (
        "When was the bridge opened to traffic?",
        "After four years of construction the bridge over the river was opened to traffic in May 1932.",
        "The bridge has six arches of grey granite and carries two lanes and a footpath on either side.",
    ),
    (
        "Who is allowed to sign contracts for the association?",
        "Contracts bind the association only if they bear the signatures of the chair and the treasurer.",
        "The association was founded by eleven teachers and now has members in nine countries.",
    ),
    (
        "How much water does the reservoir hold?",
        "At full level the reservoir stores 48 million cubic metres of water behind an earth dam.",
        "Fishing from the shore of the reservoir is permitted between April and the end of October.",
    ),
    (
        "Why was the railway line closed?",
        "The line was given up in 1967: a landslide had destroyed the viaduct, and repair cost too much.",
        "Steam engines pulled the trains on the line until diesel railcars took over in the fifties.",
    ),
    (
        "What temperature must the vaccine be kept at?",
        "Doses lose their effect unless they are stored between two and eight degrees Celsius.",
        "The vaccine is given in the upper arm, and a second dose follows after four weeks.",
    ),
    (
        "Which party won the most seats in the election?",
        "With 41 of the 120 seats the Centre Alliance became the largest group in the new parliament.",
        "Turnout fell to 54 percent, and in three districts the vote had to be repeated.",
    ),
    (
        "How can the alarm be switched off?",
        "Hold the red button for three seconds to silence the alarm; a short press only dims the lamp.",
        "The alarm sounds when smoke or gas is detected and reports its state every hour.",
    ),
    (
        "What did the court decide about the fine?",
        "The appeal succeeded in part: the judges upheld the fine but cut it from 90,000 to 35,000 euros.",
        "The court sits in a former barracks and hears about two hundred cases a year.",
    ),
    (
        "Where do the storks spend the winter?",
        "Birds fitted with transmitters left in August and wintered on the plains south of the Sahara.",
        "A pair of storks raises three to five young on a nest that can weigh half a ton.",
    ),
    (
        "How many soldiers took part in the mission?",
        "At its height the peacekeeping force numbered 17,500 troops from thirty contributing states.",
        "The mandate of the peacekeeping force was to keep roads open and to protect convoys.",
    ),
    (
        "What causes the rust on wheat leaves?",
        "Orange pustules on the leaves are the work of a fungus whose spores travel with the wind.",
        "Wheat is sown in autumn or spring and threshed when its grains have become hard.",
    ),
    (
        "Who discovered the error in the accounts?",
        "An intern who compared two spreadsheets noticed that the same invoice had been booked twice.",
        "The annual accounts are published in June and can be read in the office during working hours.",
    ),
    (
        "When does the ceasefire take effect?",
        "Both delegations agreed that all fighting shall end at midnight on the ninth of March.",
        "The talks about a ceasefire were held in a hotel by the lake and lasted eleven days.",
    ),
    (
        "What is the maximum load of the lift?",
        "The lift may carry no more than eight persons, or a load of 630 kilograms, at once.",
        "The lift was installed in 1988 and is inspected every year by an engineer.",
    ),
    (
        "Welche Behörde erteilt die Genehmigung?",
        "Die Genehmigung wird vom Landesamt für Denkmalpflege innerhalb von sechs Wochen erteilt.",
        "Das Gebäude stammt aus dem 18. Jahrhundert und wurde zuletzt als Schule genutzt.",
    ),
    (
        "Quel est le prix du billet pour les étudiants ?",
        "L’entrée coûte douze euros ; les étudiants paient sept euros sur présentation de leur carte.",
        "Le musée possède une collection de cartes anciennes et ferme le lundi.",
    ),
    (
        "Kada je potpisan sporazum?",
        "Sporazum o normalizaciji odnosa potpisan je u aprilu 2013. godine posle deset rundi razgovora.",
        "Vučić i Đurić su doputovali u Brisel, gde su se sreli sa predstavnicima Unije.",
    ),
    (
        "Кто возглавляет комиссию?",
        "Комиссию возглавляет бывший министр транспорта, назначенный указом от 12 февраля.",
        "Заседания комиссии проходят по вторникам и открыты для прессы.",
    ),
)

QUESTIONS: tuple[str, ...] = tuple(question for question, _, _ in _SUBJECTS)

_ODD = (
    "",
    "42",
    "ﬁ ½ № — “quoted” …\u00a0naïve co\u00adoperate Ǆ İ ẞ 漢字 かな العربية עברית 🙂 a\u0301",
    " ".join(f"{number} {answer}" for number, (_, answer, _) in enumerate(_SUBJECTS)) * 3,
)

PASSAGES: tuple[str, ...] = (
    *(answer for _, answer, _ in _SUBJECTS),
    *(other for _, _, other in _SUBJECTS),
    *_ODD,
)

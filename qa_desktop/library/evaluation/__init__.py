"""Questions with known evidence, put to a library: how well it finds, cites, answers and declines.

questions   a file of questions                    evaluate  the use-case: ask, measure, sum up
scoring     one answer beside what is known        figures   the table of all figures
ranking     recall, nDCG, reciprocal rank          ways      how a figure is computed from all questions
wording     exact match, F1, containment           chance    the bootstrap
overlap     is a passage the evidence?             compare   with an earlier run
certainty   declining, calibration                 record    one JSON file
report      one HTML page, self-contained (with report_tables, report_questions)
"""

from qa_desktop.library.evaluation.compare import Change, Comparison, Earlier
from qa_desktop.library.evaluation.evaluate import HITS, Evaluation, evaluate
from qa_desktop.library.evaluation.figures import BY_KEY, FIGURES, Estimate, Figure
from qa_desktop.library.evaluation.questions import KnownQuestion, QuestionFile, Sort, read_questions
from qa_desktop.library.evaluation.record import read_earlier, read_evaluation, to_json
from qa_desktop.library.evaluation.scoring import GOOD, Outcome, Row

__all__ = [
    "BY_KEY",
    "FIGURES",
    "GOOD",
    "HITS",
    "Change",
    "Comparison",
    "Earlier",
    "Estimate",
    "Evaluation",
    "Figure",
    "KnownQuestion",
    "Outcome",
    "QuestionFile",
    "Row",
    "Sort",
    "evaluate",
    "read_earlier",
    "read_evaluation",
    "read_questions",
    "to_json",
]

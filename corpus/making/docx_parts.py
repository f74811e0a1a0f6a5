"""The parts of a Word document that are the same for every paper: styles, settings, relations."""

from __future__ import annotations

from typing import Final

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("styles", "styles"),
            ("settings", "settings"),
            ("footnotes", "footnotes"),
            ("header1", "header"),
            ("footer1", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)

RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)

DOCUMENT_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for n, (kind, target) in enumerate(
            (
                ("styles", "styles"),
                ("settings", "settings"),
                ("footnotes", "footnotes"),
                ("header", "header1"),
                ("footer", "footer1"),
            ),
            1,
        )
    )
    + "</Relationships>"
)

SETTINGS: Final = (
    f'{_HEAD}<w:settings xmlns:w="{_MAIN}"><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
    '</w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def _style(
    kind: str, name: str, label: str, paragraph: str = "", run: str = "", based: str = "Normal"
) -> str:
    """Return one style; sizes are in half points, distances in twentieths of a point."""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    inside = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    letters = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{label}"/>{parent}<w:qFormat/>'
        f"{inside}{letters}</w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _around(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

STYLES: Final = (
    f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Times New Roman"/>'
    f'{_size(22)}<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="0" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    "</w:style>"
    + _style("paragraph", "Title", "Title", _around(0, 80), f"<w:b/>{_size(44)}")
    + _style("paragraph", "Subtitle", "Subtitle", _around(0, 240), f"<w:i/>{_size(28)}")
    + _style("paragraph", "Byline", "Byline", _around(0, 120), "<w:b/>")
    + _style("paragraph", "Notice", "Notice", _around(0, 360), f'<w:color w:val="595959"/>{_size(18)}')
    + _style(
        "paragraph",
        "Heading1",
        "heading 1",
        f'<w:keepNext/>{_around(360, 120)}<w:outlineLvl w:val="0"/>',
        f"<w:b/>{_size(30)}",
    )
    + _style(
        "paragraph",
        "Heading2",
        "heading 2",
        f'<w:keepNext/>{_around(240, 80)}<w:outlineLvl w:val="1"/>',
        f"<w:b/>{_size(25)}",
    )
    + _style("paragraph", "BodyText", "Body Text", f'{_around(0, 120)}<w:jc w:val="both"/>')
    + _style("paragraph", "Caption", "caption", f"<w:keepNext/>{_around(200, 80)}", f"<w:b/>{_size(20)}")
    + _style("paragraph", "TableText", "Table Text", _around(20, 20), _size(18))
    + _style("paragraph", "TableHead", "Table Head", _around(20, 20), f"<w:b/>{_size(18)}")
    + _style("paragraph", "Header", "header", "", f'<w:color w:val="595959"/>{_size(18)}')
    + _style("paragraph", "Footer", "footer", "", _size(18))
    + _style("paragraph", "FootnoteText", "footnote text", "", _size(18))
    + _style(
        "character",
        "FootnoteReference",
        "footnote reference",
        "",
        '<w:vertAlign w:val="superscript"/>',
        based="",
    )
    + '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style></w:styles>"
)

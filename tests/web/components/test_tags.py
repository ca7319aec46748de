"""Every tag prints what it is given, in the design system's markup, and escapes it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from throughline.web.components.parts import Cell, Column, Count, Event, Filter, Link, Row, Status, Task

EVIL = "<script>alert('x')</script>"


@dataclass
class Kept:
    withheld_reason: str


def rendered(template: str, **context: Any) -> str:
    return Template("{% load govuk %}" + template).render(Context(context))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


@pytest.mark.parametrize(
    "template",
    [
        "{% tag evil %}",
        "{% badge evil %}",
        "{% button evil hidden=evil name=evil value=evil %}",
        "{% link_button evil evil %}",
        "{% warning_text evil %}",
        "{% inset %}{{ evil }}{% endinset %}",
        "{% details evil %}{{ evil }}{% enddetails %}",
        "{% notification evil key=evil %}{{ evil }}{% endnotification %}",
        "{% panel evil %}{{ evil }}{% endpanel %}",
        "{% empty_state evil %}{{ evil }}{% endempty_state %}",
        "{% back_link evil evil %}",
        "{% breadcrumbs links %}",
        "{% sub_navigation links evil %}",
        "{% side_navigation links evil %}",
        "{% identity_bar evil rows badges evil %}",
        "{% summary_list rows title=evil actions=links %}",
        "{% table columns cells evil %}",
        "{% table_region evil %}{{ evil }}{% endtable_region %}",
        "{% task_list tasks %}",
        "{% timeline events %}",
        "{% stat_cards counts evil %}",
        "{% progress evil 1 2 evil note=evil key=evil %}",
        "{% shown evil %}",
        "{% once_key evil %}",
    ],
)
def test_no_tag_lets_markup_through(template: str) -> None:
    status = Status(EVIL)
    html = rendered(
        template,
        evil=EVIL,
        links=[Link(EVIL, EVIL, EVIL)],
        rows=[Row(EVIL, EVIL, [Link(EVIL, EVIL)], EVIL), Row(EVIL, Kept(EVIL))],
        badges=[status],
        columns=[Column(EVIL)],
        cells=[[Cell(EVIL, EVIL, note=EVIL, sort=EVIL)], [Cell(status=status)]],
        tasks=[Task(EVIL, status, EVIL, EVIL)],
        events=[Event(EVIL, dt.date(2026, 2, 3), EVIL, EVIL, EVIL, status)],
        counts=[Count(EVIL, 1, EVIL, EVIL)],
    )
    assert EVIL not in html
    assert "&lt;script&gt;" in html


def test_nothing_carries_a_style_or_script_of_its_own() -> None:
    html = rendered(
        '{% progress "x" 1 2 "#" %}{% bar_chart "t" bars "k" %}{% stat_cards counts "c" %}',
        bars=[],
        counts=[],
    )
    assert "style=" not in html
    assert "<script" not in html
    assert not re.search(r"\son[a-z]+=", html)


def test_a_status_colour_that_does_not_exist_is_a_mistake_in_the_page() -> None:
    with pytest.raises(TemplateSyntaxError, match="pinkish"):
        rendered('{% tag "Late" "pinkish" %}')


def test_a_button_is_pressed_once() -> None:
    assert 'data-prevent-double-click="true"' in rendered('{% button "Send" %}')


def test_a_withheld_value_is_a_reason_in_every_place_it_can_appear() -> None:
    kept = Kept("For the health team only.")
    html = rendered(
        '{% summary_list rows %}{% table columns cells "t" %}{% identity_bar kept rows %}{% timeline events %}',
        kept=kept,
        rows=[Row("Health", kept)],
        columns=["Health"],
        cells=[[kept]],
        events=[Event("Moved", dt.date(2026, 2, 3), kept)],
    )
    assert html.count('<span class="tl-withheld">For the health team only.</span>') == 5


def test_a_table_has_a_caption_headers_and_a_region_to_scroll() -> None:
    html = rendered(
        '{% table columns rows "Places" key="places" %}',
        columns=["School", Column("Places", numeric=True)],
        rows=[["Harrow Bank", 1204]],
    )
    assert 'role="region" tabindex="0" aria-labelledby="places-caption"' in html
    assert 'id="places-caption">Places</caption>' in html
    assert '<th scope="row"' in html
    assert 'govuk-table__header--numeric">Places</th>' in html
    assert ">1,204</td>" in html


def test_each_cell_carries_the_name_of_its_column_for_a_phone() -> None:
    html = rendered(
        '{% table columns rows "Places" %}', columns=["School", "Free & full"], rows=[["Harrow", 3]]
    )
    assert 'data-label="Free &amp; full"' in html
    assert 'data-label="School"' not in html, "the first cell is the heading of its row"
    for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{role}"' in html


def test_a_cell_with_a_value_and_a_status_shows_both() -> None:
    late = Status("Late", "red")
    html = rendered(
        '{% table columns rows "t" %}',
        columns=["A", "B"],
        rows=[
            ["One", Cell("Ref 7", href="/seven/", status=late)],
            ["Two", Cell(href="/eight/", status=late)],
        ],
    )
    assert (
        '<a class="govuk-link" href="/seven/">Ref 7</a> <strong class="govuk-tag govuk-tag--red">Late' in html
    )
    assert 'href="/eight/"><strong class="govuk-tag govuk-tag--red">Late</strong></a>' in html
    assert html.count("Late") == 2


def test_tabs_name_the_part_that_is_open() -> None:
    html = rendered(
        '{% sub_navigation links "Pages" %}', links=[Link("Now", "/"), Link("Story", "/s", current=True)]
    )
    assert words(html.split("</summary>")[0]) == "Pages: Story"
    nowhere = rendered('{% sub_navigation links "Pages" %}', links=[Link("Now", "/")])
    assert words(nowhere.split("</summary>")[0]) == "Pages"


def test_a_sortable_table_sorts_dates_by_the_calendar_and_not_by_their_words() -> None:
    html = rendered(
        '{% table columns rows "Due" sortable=True %}',
        columns=["Child", "Due", Column("Notes", sort=False)],
        rows=[["Amira", dt.date(2026, 2, 3), "-"]],
    )
    assert 'data-module="moj-sortable-table"' in html
    assert html.count('aria-sort="none"') == 2
    assert 'data-sort-value="2026-02-03"' in html


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        rendered('{% table columns rows "t" %}', columns=["A", "B"], rows=[["only one"]])


def test_an_empty_table_says_so() -> None:
    assert "There is nothing to show here yet." in rendered(
        '{% table columns rows "t" %}', columns=["A"], rows=[]
    )


def test_a_change_link_says_what_it_changes() -> None:
    html = rendered("{% summary_list rows %}", rows=[Row("Name", "Amira", [Link("Change", "/name/")])])
    assert (
        '<a class="govuk-link" href="/name/">Change<span class="govuk-visually-hidden"> Name</span></a>'
        in html
    )


def test_a_task_that_cannot_start_is_not_a_link() -> None:
    html = rendered("{% task_list tasks %}", tasks=[Task("Send", Status("Cannot start yet", "grey"))])
    assert "<a" not in html
    assert "Cannot start yet" in html


def test_pages_keep_the_filter_in_the_address() -> None:
    request = RequestFactory().get("/", {"team": "send", "page": "9"})
    html = rendered("{% pagination page %}", page=Paginator(range(200), 20).page(4), request=request)
    assert 'href="?team=send&amp;page=3" rel="prev"' in html
    assert 'href="?team=send&amp;page=5" rel="next"' in html
    assert 'aria-current="page"' in html
    assert "Showing 61 to 80 of 200" in words(html)


def test_one_page_needs_no_paging() -> None:
    assert rendered("{% pagination page %}", page=Paginator(range(3), 20).page(1)).strip() == ""


def test_counts_are_links_and_late_ones_stand_out_only_when_there_are_any() -> None:
    html = rendered('{% stat_cards counts "c" %}', counts=[Count("Late", 0, "/late/", late=True)])
    assert '<a class="tl-count__link" href="/late/">' in html
    assert "tl-count--late" not in html
    assert "tl-count--late" in rendered('{% stat_cards c "c" %}', c=[Count("Late", 2, late=True)])


def test_a_filter_works_without_script_and_can_be_undone_one_by_one() -> None:
    html = rendered(
        "{% side_filter form selected '/all/' %}",
        form=type("Form", (), {"render": lambda self: "fields"})(),
        selected=[Filter("SEND team", "?late=1")],
    )
    assert '<form method="get"' in html
    assert 'href="?late=1"' in html
    assert "Remove this filter:" in html
    assert 'href="/all/"' in html
    assert "1 in use" in words(html)


def test_progress_can_be_checked_without_script_until_it_is_finished() -> None:
    running = rendered('{% progress "Reading" 30 120 "/run/1/" %}')
    assert 'value="25">25%</progress>' in running
    assert '<a class="govuk-link" href="/run/1/">Check again</a>' in running
    finished = rendered('{% progress "Reading" 120 120 "/run/1/" %}')
    assert "Check again" not in finished
    assert 'data-tl-finished="true"' in finished


def test_progress_of_nothing_is_not_finished() -> None:
    assert "Check again" in rendered('{% progress "Reading" 0 0 "/run/1/" %}')


def test_a_query_given_in_words_is_kept_too() -> None:
    query = QueryDict("late=1&late=2").urlencode()
    html = rendered("{% pagination page query %}", page=Paginator(range(60), 20).page(1), query=query)
    assert "?late=1&amp;late=2&amp;page=2" in html

"""Who is in charge (谁主管谁负责, plan 四(二)) in one table: every policy by every problem."""

from __future__ import annotations

from portal.campaign.answer_matrix import AnswerMatrix
from portal.campaign.book import Book
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.cached_pages import published_page
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.pages.hotlines import usual_hours


@blueprint.get("/responsibilities/table")
@published_page
def responsibility_table() -> str:
    """The table as the rows in force today have it, and how everyone in it is reached."""
    found = book_in_force()
    matrix = AnswerMatrix.on(clock.today(), found)
    discipline = found.units[found.campaign.discipline_code]
    units = _named(matrix, discipline, found)
    return filled(
        "responsibility_table",
        found,
        matrix=matrix,
        day=clock.today(),
        discipline=discipline,
        office=found.office,
        units=units,
        hours=usual_hours(units),
        no_address=not any(unit.address for unit in units),
    )


def _named(matrix: AnswerMatrix, discipline: Unit, found: Book) -> list[Unit]:
    """Every unit that the table names, each once, in the campaign's order."""
    named = {discipline.code, *(row.unit.code for row in matrix.rows)}
    for row in matrix.rows:
        named |= {one.unit.code for charges in row.answers for one in charges}
    return [unit for unit in found.units.values() if unit.code in named]

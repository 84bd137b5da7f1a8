"""`flask --app wsgi staff …`: adding people, and the codes of sample accounts."""

from __future__ import annotations

from typing import IO, Any

import click
from flask.cli import AppGroup

from admin.accounts.add_staff import (
    LINK_LASTS,
    RealPerson,
    UnknownUnit,
    WrongPlace,
    add_staff,
    unit_for,
)
from admin.accounts.cookie import settings
from admin.accounts.sample_staff import NotASample, sample_code
from admin.accounts.sign_everybody_out import Why, sign_everybody_out
from admin.accounts.sign_in import tidy_name
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role

staff = AppGroup("staff", help="Members of staff.")


class Refusal(click.ClickException):
    """One line on standard error, and exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """The line alone."""
        click.echo(self.format_message(), err=True)


@staff.command("add")
@click.argument("name")
@click.option("--unit", required=True, help="The unit's code or full name.")
@click.option("--role", required=True, help=", ".join(Role))
@click.option("--display", default="", help="What colleagues read; the name itself by default.")
@click.option("--sample", is_flag=True, help="A made-up person, for demonstrations.")
def add_command(name: str, unit: str, role: str, display: str, sample: bool) -> None:
    """Add a person or a further post, and print a one-time link, good for 48 hours.

    On it the person sets password and codes. Also for whoever lost either.
    """
    known_role = _role(role)
    if not tidy_name(name):
        raise Refusal("The name is empty.")
    try:
        with writing() as session:
            token = add_staff(
                session,
                name=name,
                display_name=display.strip()[:80],
                posts=[(unit_for(session, unit, known_role), known_role)],
                sample=sample,
            )
    except WrongPlace:
        raise Refusal(
            f"Nobody is {known_role} in {unit!r}: a checker works at a street or a community, the "
            "office's roles and discipline are held in their own unit."
        ) from None
    except UnknownUnit:
        raise Refusal(f"No unit has the code or name {unit!r}.") from None
    except RealPerson:
        raise Refusal(f"{name!r} is a real account and can't become a sample.") from None
    hours = int(LINK_LASTS.total_seconds() // 3600)
    click.echo(f"{settings().staff_url}/staff/enrol/{token}")
    click.echo(
        f"One use, {hours} hours, for this person only. Older links of {name} are void.", err=True
    )


@staff.command("code")
@click.argument("name")
def code_command(name: str) -> None:
    """Print a code that signs a sample person in now. Refused for real people."""
    try:
        with reading() as session:
            click.echo(sample_code(session, name))
    except NotASample:
        raise Refusal(
            f"{name!r} is no enrolled sample account; codes of others aren't shown."
        ) from None


@staff.command("sign-out-everybody")
@click.option("--why", required=True, type=click.Choice([one.value for one in Why]))
def sign_out_everybody_command(why: str) -> None:
    """End every sign-in, at once. Nobody loses password or second factor; all sign in anew."""
    with writing() as session:
        sign_everybody_out(session, Why(why))
    click.echo("Everybody has to sign in anew. The head of the office is told.", err=True)


def _role(word: str) -> Role:
    try:
        return Role(word.strip().lower().replace("-", "_"))
    except ValueError:
        raise Refusal(f"No role is called {word!r}; there are {', '.join(Role)}.") from None

"""Who may do what in a shared library: three roles of its server, each with the rights of the one
before it.

All tables belong to the owners' role, which whoever is an owner acts as (`postgres.py`), so that a
table made by one owner is every owner's, and readers may read it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from photosearch.catalog.schema import journal, outcomes, said_tables, search_history, tag_heads
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

KINDS = ("reader", "contributor", "owner")

OF_OWNERS = frozenset({"roots", "excludes", "protected_folders", "keep_rules"})
"""What is said of the whole library, not of a photo."""

_FOLLOWS = {search_history.name, tag_heads.name, outcomes.name}  # from searching, and teaching tags

CONTRIBUTED = frozenset({table.name for table in said_tables()} - OF_OWNERS | _FOLLOWS)
"""The tables in which contributors may change whatever they like; of the journal they may write new
entries, in their own name, and mark entries as undone."""

_LONGEST = 63  # bytes of a name in PostgreSQL


@dataclass(frozen=True)
class Role:
    """A role: what kind it is, what it is called on the server, and who has it."""

    kind: str
    name: str
    members: tuple[str, ...]


def role_name(database: str, kind: str) -> str:
    """What a role is called, which is one for the whole server."""
    name = f"photosearch_{database}_{kind}"
    if len(name.encode()) <= _LONGEST:
        return name
    number = hashlib.blake2b(database.encode(), digest_size=5).hexdigest()
    start = database.encode()[: _LONGEST - len(f"photosearch__{number}_contributor")]
    return f"photosearch_{start.decode(errors='ignore')}_{number}_{kind}"


_GRANTS: tuple[LiteralString, ...] = (
    "GRANT {reader} TO {contributor}",
    "GRANT {contributor} TO {owner}",
    "GRANT {owner} TO {keeper}",
    "GRANT CONNECT ON DATABASE {database} TO {reader}",
    "GRANT CREATE ON DATABASE {database} TO {owner}",  # for an extension
    "GRANT USAGE ON SCHEMA {schema} TO {reader}",
    "GRANT CREATE ON SCHEMA {schema} TO {owner}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema}"
    " GRANT SELECT ON TABLES TO {reader}",  # those that are made later
    "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader}",
    "GRANT INSERT (at, action, changes), UPDATE (undone) ON {journal} TO {contributor}",
    "GRANT USAGE ON SEQUENCE {entries} TO {contributor}",
    "GRANT UPDATE ON {counter} TO {contributor}",
)
_OTHERS = """
    SELECT relname FROM pg_class AS these
    WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    AND relkind IN ('r', 'p') AND pg_get_userbyid(relowner) <> %s
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
        AND objid = these.oid AND deptype = 'e')
"""
_MEMBERS = """
    SELECT DISTINCT person.rolname COLLATE "C" AS name
    FROM pg_auth_members AS given
    JOIN pg_roles AS role ON role.oid = given.roleid
    JOIN pg_roles AS person ON person.oid = given.member
    WHERE role.rolname = %s AND person.rolname <> ALL (%s)
    AND coalesce((to_jsonb(given) ->> 'inherit_option')::boolean, true)
    ORDER BY name
"""  # whoever made a role may give it to others, without having it (since PostgreSQL 16)


def give_roles(connection: psycopg.Connection[Any], place: str, counter: str) -> list[Role]:
    """Make the roles and give them their rights, whatever of it is there already. `counter`: the
    table that each writing transaction changes.

    Raises PhotoSearchError (`no-permission`) for somebody who may not do this.
    """
    connection.execute("SET ROLE NONE")
    database, keeper, schema = _where(connection, place)
    names = {kind: role_name(database, kind) for kind in KINDS}
    for kind, name in names.items():
        _make(connection, name, f"PhotoSearch: {kind} of the library in the database {database}")
    known = {
        **{kind: Identifier(name) for kind, name in names.items()},
        **{"database": Identifier(database), "schema": Identifier(schema)},
        **{"keeper": Identifier(keeper), "counter": Identifier(counter)},
        **{"journal": Identifier(journal.name), "entries": Identifier(f"{journal.name}_id_seq")},
    }

    def run(statement: LiteralString, **more: Identifier) -> None:
        connection.execute(SQL(statement).format(**known, **more))

    for statement in _GRANTS:
        run(statement)
    for table in sorted(CONTRIBUTED):
        run("GRANT INSERT, UPDATE, DELETE ON {table} TO {contributor}", table=Identifier(table))
    for (table,) in connection.execute(_OTHERS, (names["owner"],)).fetchall():
        run("ALTER TABLE {table} OWNER TO {owner}", table=Identifier(table))
    return [
        Role(kind, name, tuple(row[0] for row in connection.execute(_MEMBERS, (name, others))))
        for others in [list(names.values())]
        for kind, name in names.items()
    ]


def _where(connection: psycopg.Connection[Any], place: str) -> tuple[str, str, str]:
    """The database, whose it is, and the schema of the tables."""
    row = connection.execute(
        "SELECT datname, pg_get_userbyid(datdba), current_schema(),"
        " pg_has_role(datdba, 'USAGE') AND (rolsuper OR rolcreaterole)"
        " FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = session_user"
    ).fetchone()
    assert row is not None
    database, keeper, schema, may = row
    if not may:
        raise PhotoSearchError(
            "no-permission",
            f"Only {printable(keeper)}, whose database {place} is, can make its roles, and only"
            " with the right to make roles",
            f"Have somebody who runs the server say: ALTER ROLE {printable(keeper)} CREATEROLE.",
        )
    return database, keeper, schema


def _make(connection: psycopg.Connection[Any], name: str, comment: str) -> None:
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,)).fetchone() is None:
        role = {"role": Identifier(name), "comment": Literal(comment)}
        connection.execute(SQL("CREATE ROLE {role} NOLOGIN").format(**role))
        connection.execute(SQL("COMMENT ON ROLE {role} IS {comment}").format(**role))

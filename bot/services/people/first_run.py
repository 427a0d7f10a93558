"""The first start of a server: how somebody gets into the console at all."""

from __future__ import annotations

from ipaddress import ip_address

from bot.core.audit import COMMAND_LINE
from bot.core.operators import Role
from bot.services.people.accounts import Accounts, NewOperator

DEMONSTRATION = NewOperator(login="demo", display_name="Demo", role=Role.ADMINISTRATOR)


async def first_run_lines(accounts: Accounts, host: str, address: str) -> tuple[str, ...]:
    """Return what the person who started the server is told; nothing once there is an account.

    Only where nobody but this machine can reach the server an account is made by itself, with a password that nobody
    else has seen. `host` is what the server listens on, `address` its base address.
    """
    if await accounts.any():
        return ()
    if not _only_this_machine(host):
        return (
            "Langelis: nobody can sign in to the console yet. Add the first account with:",
            "  langelis operator add LOGIN --name NAME --role administrator",
        )
    made = await accounts.add_first(COMMAND_LINE, DEMONSTRATION)
    if made is None:
        # Another process was first, and told its own terminal.
        return ()
    return (
        "Langelis: the console had no accounts, so a demonstration administrator was made (only because this server",
        f"listens on {host}, which no other machine reaches):",
        f"  {address}/operator  login: {made.operator.login}  one-time password: {made.password}",
        "  Shown this once; it must be changed at the first sign-in. Before real use add accounts for people and run:",
        f"  langelis operator disable {made.operator.login}",
    )


def _only_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

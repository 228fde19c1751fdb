"""A faithful local Eloqua: everything in memory, on loopback only, with faults to be switched on.

    with serving(Mock(["throttled=2@5"])) as address:
        eloqua = Eloqua(Basic(*ACCOUNT), login=address, hosts=Hosts([address]))

What no source confirms about Eloqua has a switch, so that both ways can be tried.
"""

from elqkit.mock.application import Mock
from elqkit.mock.faults import FAULTS, UnknownFault
from elqkit.mock.server import serving
from elqkit.mock.sign_in import ACCOUNT, APP

__all__ = ["ACCOUNT", "APP", "FAULTS", "Mock", "UnknownFault", "serving"]

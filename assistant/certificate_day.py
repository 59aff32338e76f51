"""The day of a certificate that a conversation is about."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDay:
    """The day on which a certificate was given, or on which it ends."""

    day: date
    ends: bool

"""The e-mails and text messages that the platform sends to its merchants."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Letter:
    """One message with a code in it."""

    to: str
    """An e-mail address or a mobile number."""
    text: str
    code: str
    at: float


@dataclass
class Mailbox:
    """Everything that was sent since the store was opened, newest first."""

    letters: list[Letter] = field(default_factory=list)
    valid: float = 300.0
    """Seconds that a code is good for."""

    def send_sms(self, to: str, now: float) -> None:
        """Six digits for a login."""
        code = f"{secrets.randbelow(10**6):06d}"
        self._send(to, f"验证码{code}，用于登录商家后台，5分钟内有效。", code, now)

    def send_mail(self, to: str, now: float) -> None:
        """Six characters for a safety check."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(6))
        self._send(to, f"您的安全验证码为{code}，5分钟内有效。", code, now)

    def accepts(self, to: str, code: str, now: float) -> bool:
        """Tell whether this is the last code sent there; it is good once."""
        last = next((one for one in self.letters if one.to == to), None)
        good = last is not None and last.code == code and now - last.at <= self.valid
        if good:
            self.letters = [one for one in self.letters if one.to != to]
        return good

    def _send(self, to: str, text: str, code: str, now: float) -> None:
        self.letters.insert(0, Letter(to, text, code, now))

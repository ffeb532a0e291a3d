"""Where things are and how the program behaves: environment, then ``config/``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import platformdirs
import yaml
from pydantic import ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import BusinessError
from domain.shop import Shop
from domain.site import SiteKind, SiteMap

CHECKOUT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of this machine, from ``SHOPCLERK_*`` variables; every one has a safe default."""

    model_config = SettingsConfigDict(env_prefix="SHOPCLERK_", env_ignore_empty=True, frozen=True)

    home: Path | None = None
    """Moves evidence, database, profiles and the practice store's world to one folder."""
    cache: Path = platformdirs.user_cache_path("shopclerk", appauthor=False)
    """Things that can be fetched again: the practice store's UI libraries."""
    config: Path = CHECKOUT / "config"
    """Shops and sites; a copy of it elsewhere keeps your own out of the checkout."""
    database_url: str = ""
    """Empty: SQLite beside the evidence."""
    browser: str = ""
    """A browser's path, or a channel such as ``chrome`` or ``msedge``."""
    timezone: str = "Asia/Shanghai"
    motion: bool = False
    """Whether pages keep their opening and closing animations."""

    @field_validator("home", "cache", "config")
    @classmethod
    def _expand(cls, folder: Path | None) -> Path | None:
        return folder.expanduser().resolve() if folder else folder

    @property
    def runs(self) -> Path:
        """Folder of all evidence."""
        return (self.home or CHECKOUT) / "runs"

    @property
    def state(self) -> Path:
        """Folder of the database, its locks and the practice store's world."""
        return self.runs / "state"

    @property
    def profiles(self) -> Path:
        """Folder of browser profiles: logins live here, readable by their owner only."""
        data = self.home or platformdirs.user_data_path("shopclerk", appauthor=False)
        return data / "profiles"

    @property
    def database(self) -> str:
        """Address of the database."""
        return self.database_url or f"sqlite:///{(self.state / 'shopclerk.sqlite3').as_posix()}"

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone, for folder names and everything a person reads."""
        return ZoneInfo(self.timezone)


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BusinessError(f"{path} does not exist", mend="Restore it from git") from None
    except UnicodeDecodeError:
        raise BusinessError(f"{path} is not UTF-8", mend="Save it as UTF-8") from None
    except yaml.YAMLError as error:
        raise BusinessError(f"{path} is not valid YAML: {told_yaml(error)}") from None
    if not isinstance(content, dict):
        raise BusinessError(f"{path} must hold names and values at its top level")
    return content


def told_yaml(error: Exception) -> str:
    """Say in one line where a file breaks the form, and how."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    return f"line {mark.line + 1}, column {mark.column + 1}: {getattr(error, 'problem', '')}"


def _explain(path: Path, error: ValidationError) -> BusinessError:
    first = error.errors()[0]
    where = " > ".join(str(part) for part in first["loc"])
    why = first["msg"].removeprefix("Value error, ")
    # In quotes, so that a name like password is not taken for a secret's.
    return BusinessError(f"{path}: `{where}`: {why}", mend="Mend this line of the file")


def load_shops(folder: Path = CHECKOUT / "config") -> list[Shop]:
    """Read every shop of ``config/shops.yaml``.

    Raises:
        BusinessError: the file breaks a rule; says which.
    """
    return [load_shop(name, folder) for name in _shops(folder / "shops.yaml")]


def load_shop(name: str, folder: Path = CHECKOUT / "config") -> Shop:
    """Read one shop of ``config/shops.yaml``.

    Raises:
        BusinessError: unknown shop, or the file breaks a rule; says which line and which names.
    """
    path = folder / "shops.yaml"
    shops = _shops(path)
    if name not in shops:
        known = ", ".join(sorted(shops)) or "none yet"
        raise BusinessError(f"no shop is called {name!r}", mend=f"{path} knows: {known}")
    return make_shop(path, {**shops[name], "name": name})


def make_shop(path: Path, values: Mapping[str, Any]) -> Shop:
    """Make a shop of what stands, or is to stand, in ``shops.yaml``.

    Raises:
        BusinessError: it breaks a rule; says which.
    """
    try:
        return Shop(**values)
    except ValidationError as error:
        raise _explain(path, error) from None


def _shops(path: Path) -> dict[str, dict[str, Any]]:
    content = _read_yaml(path)
    shops = content.get("shops") or {}
    sound = isinstance(shops, dict) and all(isinstance(s, dict) for s in shops.values())
    if not sound or (content and "shops" not in content):  # shop: or Shops: is a slip
        raise BusinessError(
            f"{path} must hold `shops:`, a name for each, and its settings below the name",
            mend="The shop demo in the same file, as git has it, shows how",
        )
    return {str(shop): values for shop, values in shops.items()}


def load_account(shop: Shop, kind: SiteKind, folder: Path = CHECKOUT / "config") -> Shop:
    """Give a shop's account on the kind of site where a robot works: itself, or one beside it.

    Raises:
        BusinessError: nobody said which account that is, or it is one of another kind of site.
    """
    if load_site(shop.site, folder).kind is kind:
        return shop
    path = folder / "shops.yaml"
    if kind not in shop.beside:
        raise BusinessError(
            f"shop {shop.name} has no account on a site of the kind {kind}",
            mend=f"Add the account to {path}, and `beside: {{ {kind}: ITS-NAME }}` to {shop.name}",
        )
    account = load_shop(shop.beside[kind], folder)
    found = load_site(account.site, folder).kind
    if found is not kind:
        raise BusinessError(
            f"{account.name} beside {shop.name} is an account on a site of the kind {found}, "
            f"not {kind}",
            mend=f"Mend `beside` of {shop.name} in {path}",
        )
    return account


def load_site(name: str, folder: Path = CHECKOUT / "config") -> SiteMap:
    """Read ``config/sites/<name>.yaml``.

    Raises:
        BusinessError: no such file, or it breaks a rule.
    """
    path = folder / "sites" / f"{name}.yaml"
    try:
        return SiteMap(name=name, **_read_yaml(path))
    except ValidationError as error:
        raise _explain(path, error) from None

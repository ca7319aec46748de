"""Coming in to a demonstration as a visitor does: with what its own page of sign-ins says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.support.browsing import axe, follow, shot

from .sitting import Sitting

PASSWORD = "demonstration only"
TRIES = 3
# Two processes serve a whole council here, on a machine that is busy with other tests.
PATIENCE_MS = 90_000
CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")


@dataclass
class Door:
    """The door of one demonstration. A code works once, so that whoever has come in is remembered."""

    browser: Any
    live: str
    kept: dict[str, Any] = field(default_factory=dict)
    windows: list[Any] = field(default_factory=list)
    pictures: bool = False
    # Whose journey was walked here already, where any will do.
    walked: set[str] = field(default_factory=set)

    def come_in(self, who: str, *, phone: bool) -> Sitting:
        """Whoever the page of sign-ins lists with these words: a name, or what is worth seeing through their eyes."""
        if who not in self.kept:
            self.kept[who] = self._sign_in(who)
        page = self._window(phone=phone, storage_state=self.kept[who])
        return Sitting(page, self.live, self._look_on_a_phone if phone else self._look_at_a_desk)

    def fetch(self, file: str) -> bytes:
        """A file to try, by a part of its name, from the page of sign-ins."""
        page = self._sign_ins()
        address = page.locator("main a", has_text=file).first.get_attribute("href")
        return bytes(page.request.get(f"{self.live}{address}").body())

    def name_of(self, who: str, nth: int = 0) -> str:
        """The name of whoever is listed with these words."""
        return str(self._sign_ins().locator("li.tl-item", has_text=who).nth(nth).locator("h3").inner_text())

    def words_of(self, who: str, nth: int = 0) -> str:
        """All that is said there of whoever is listed with these words."""
        listed = self._sign_ins().locator("li.tl-item", has_text=who).nth(nth)
        return str(listed.locator("p").first.inner_text())

    def close(self) -> None:
        for window in self.windows:
            window.close()
        self.windows.clear()

    def _sign_ins(self) -> Any:
        page = self._window()
        page.goto(f"{self.live}/")
        follow(page, page.locator("a", has_text="Demonstration sign-ins"))
        return page

    def _sign_in(self, who: str) -> Any:
        page = self._sign_ins()
        listed = page.locator("li.tl-item", has_text=who).first
        email = listed.locator("strong").inner_text()
        if listed.locator("code").count():
            self._by_password(page, email)
        else:
            self._by_code(page, email)
        page.wait_for_url("**/home/")
        return page.context.storage_state()

    def _by_password(self, page: Any, email: str) -> None:
        follow(page, page.locator("main a", has_text="Sign in with a password"))
        page.fill("[name=login]", email)
        page.fill("[name=password]", PASSWORD)
        follow(page, "button:text-is('Sign in')")
        for _time in range(TRIES):
            # It changes every 30 seconds: one that was read at the end of them may be over when it is given.
            code = self._sign_ins().locator("li.tl-item", has_text=email).locator("code").inner_text()
            page.fill("[name=code]", code)
            follow(page, "button:text-is('Continue')")
            if page.url.endswith("/home/"):
                return

    def _by_code(self, page: Any, email: str) -> None:
        follow(page, page.locator("main a", has_text="Sign in as a parent"))
        page.fill("[name=email]", email)
        follow(page, "main button >> nth=0")
        sent = self._window()
        sent.goto(f"{self.live}/demonstration/messages/?to={email}")
        found = CODE.search(sent.inner_text("main"))
        assert found, "no code was sent"
        page.fill("[name=code]", found.group())
        follow(page, "main button >> nth=0")

    def _window(self, *, phone: bool = False, **more: Any) -> Any:
        size = {"width": 375, "height": 740} if phone else {"width": 1440, "height": 900}
        window = self.browser.new_context(
            viewport=size,
            java_script_enabled=not phone,
            locale="en-GB",
            timezone_id="Europe/London",
            accept_downloads=True,
            **more,
        )
        window.set_default_timeout(PATIENCE_MS)
        self.windows.append(window)
        return window.new_page()

    def _look_on_a_phone(self, page: Any, name: str) -> None:
        """Nothing runs in this window, axe no more than ours: it looks at the same page in another."""
        assert page.locator("html").bounding_box()["width"] <= 375, page.url
        other = self._window()
        try:
            other.set_viewport_size({"width": 375, "height": 740})
            content = page.content()
            other.route(page.url, lambda route: route.fulfill(body=content, content_type="text/html"))
            other.route("**/*.js", lambda route: route.abort())
            other.goto(page.url)
            axe(other, "region")
        finally:
            other.context.close()
        self._keep(page, f"walk {name} 375")

    def _look_at_a_desk(self, page: Any, name: str) -> None:
        axe(page, "region")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 1440, f"{page.url} is {wide} wide"
        self._keep(page, f"walk {name} 1440")

    def _keep(self, page: Any, name: str) -> None:
        if self.pictures:
            shot(page, name)

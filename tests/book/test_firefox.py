"""Every page in Firefox, over the driver that it brings along (Marionette)."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from book.conftest import PAGES
from book.test_browser import address

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")


class Marionette:
    """A session: commands as JSON, each with its length before it."""

    def __init__(self, port: int) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.number = 0
        self._answer()
        self.ask("WebDriver:NewSession")

    def ask(self, command: str, **arguments: object) -> object:
        self.number += 1
        text = json.dumps([0, self.number, command, arguments])
        self.line.sendall(f"{len(text.encode())}:{text}".encode())
        _kind, _number, error, result = self._answer()
        assert error is None, error
        return result

    def _answer(self) -> list:
        length = b""
        while (byte := self.line.recv(1)) != b":":
            assert byte, "Firefox has gone"
            length += byte
        text = b""
        while len(text) < int(length):
            text += self.line.recv(int(length) - len(text))
        return json.loads(text)

    def run(self, script: str) -> object:
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])["value"]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory) -> Iterator[Marionette]:
    if FIREFOX is None:
        pytest.skip("Firefox is not installed (Debian: apt install firefox-esr)")
    place = tmp_path_factory.mktemp("firefox")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (place / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    log = (place / "log").open("w")
    command = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(place)]
    started = subprocess.Popen(command, stdout=log, stderr=log, env={"HOME": str(place), "MOZ_HEADLESS": "1"})
    for _second in range(60):
        try:
            session = Marionette(port)
            break
        except OSError:
            time.sleep(1)
    else:
        pytest.fail("Firefox does not answer")
    yield session
    started.terminate()
    started.wait(30)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_its_script_runs(firefox, site, edition, name):
    for width in (1280, 500):  # a narrower window Firefox does not make
        firefox.ask("WebDriver:SetWindowRect", width=width, height=900)
        firefox.ask("WebDriver:Navigate", url=address(site, edition, name))
        assert firefox.run("return document.documentElement.scrollWidth <= innerWidth"), width
    assert firefox.run("return !document.querySelector('button.colours').hidden")  # book.js came to its end
    assert firefox.run("return [...document.querySelectorAll('figure.exhibit')].every(f => f.querySelector('.take'))")


def test_an_explorer_shows_what_was_chosen(firefox, site, edition):
    firefox.ask("WebDriver:Navigate", url=address(site, edition, "zone-profiles"))
    firefox.run("document.querySelectorAll('#explore-zones input')[2].click()")
    shown = firefox.run("""return [...document.querySelectorAll('#explore-zones .explorer-panel')]
        .filter(p => p.checkVisibility({contentVisibilityAuto: true}) && !p.hidden).map(p => p.className)""")
    mark = firefox.run("return document.querySelectorAll('#explore-zones input')[2].id")
    assert shown and all(mark in names for names in shown)

"""All the text of a page as BeautifulSoup gives it: the floor that every extractor has to be above."""

from bs4 import BeautifulSoup


def soup_text(html: str) -> str:
    """The page's whole text, scripts and styles left out, as the public benchmark's baseline takes it."""
    soup = BeautifulSoup(html, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    return soup.get_text(" ")

"""What layout may load: the pictures that were registered for this document, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse


class RegisteredOnly(URLFetcher):  # type: ignore[misc]
    """Serves registered addresses from memory and refuses every other, so that no text can reach a file or a host."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        """Take the pictures by their addresses."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Give a registered picture.

        Raises:
            ValueError: The address was not registered.
        """
        content = self._pictures.get(url)
        if content is None:
            raise ValueError(f"refused: {url[:100]}")
        return URLFetcherResponse(url, content, {"Content-Type": "image/jpeg"})

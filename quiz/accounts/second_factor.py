"""The second factor: an authenticator app's codes, and recovery codes for the day it is lost."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from io import BytesIO
from typing import override

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from qrcode.image.svg import SvgPathFillImage


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Whoever reads the database or a backup of it still has no codes: keys lie there encrypted."""

    @override
    def get_totp_issuer(self) -> str:
        return "Who says so"

    @override
    def build_totp_svg(self, url: str) -> str:
        """Draw the code on a white ground, for a camera, on a dark page too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    @override
    def encrypt(self, text: str) -> str:
        return locks().encrypt(text.encode()).decode()

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return locks().decrypt(encrypted_text.encode()).decode()


def locks() -> MultiFernet:
    """Lock with the site's secret of today, and open with those of yesterday too."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = (sha256(b"second factor" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])

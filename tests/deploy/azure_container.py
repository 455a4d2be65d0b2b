"""Makes a container that anyone may read, in an emulator of Azure: PORT NAME."""

import base64
import datetime
import hashlib
import hmac
import sys
import urllib.request

# The emulator's account and key are the same everywhere, and published.
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

port, name = sys.argv[1:]
headers = {
    "x-ms-blob-public-access": "container",
    "x-ms-date": datetime.datetime.now(datetime.timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT"),
    "x-ms-version": "2021-12-02",
}
signed = "PUT" + "\n" * 12
signed += "".join(f"{key}:{value}\n" for key, value in sorted(headers.items()))
signed += f"/{ACCOUNT}/{ACCOUNT}/{name}\nrestype:container"
signature = base64.b64encode(hmac.new(base64.b64decode(KEY), signed.encode(), hashlib.sha256).digest()).decode()
headers["Authorization"] = f"SharedKey {ACCOUNT}:{signature}"
url = f"http://127.0.0.1:{port}/{ACCOUNT}/{name}?restype=container"
urllib.request.urlopen(urllib.request.Request(url, method="PUT", headers=headers))

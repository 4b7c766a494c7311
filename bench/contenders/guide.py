"""The script of the 2022 guide: its packages, its two calls, the link put together from the token."""

import os

import environ
import requests
from requests.auth import HTTPBasicAuth

env = environ.Env()
environ.Env.read_env()
auth = HTTPBasicAuth(env("API_KEY"), env("API_SECRET"))
base = os.environ["API_URL"] + "/v1/connectors"
payload = {
    "service": os.environ["SERVICE"],
    "group_id": os.environ["GROUP_ID"],
    "config": {"schema": os.environ["SCHEMAS"]},
}
connector = requests.post(base, auth=auth, json=payload).json()["data"]["id"]
# The guide sends the payload again; this request may have no body today.
answer = requests.post(f"{base}/{connector}/connect-card-token", auth=auth)
token = answer.json()["token"]
print("https://fivetran.com/connect-card/setup?redirect_uri=fivetran.com&auth=" + token)

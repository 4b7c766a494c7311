"""The guide of 2022: two calls with requests, and a link put together from the token."""

import os

import requests

base = os.environ["API_URL"] + "/v1/connectors"
auth = (os.environ["API_KEY"], os.environ["API_SECRET"])
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

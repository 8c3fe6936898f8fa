# Every requirement in force for textiles, page by page.
import json
import urllib.request

address = "https://kravbanken.example/api/v1/requirements?product_area=textil&limit=100"
while address:
    with urllib.request.urlopen(address) as answer:
        page = json.load(answer)
    for requirement in page["items"]:
        print(requirement["id"], requirement["version"], requirement["title"])
    address = page["next"]

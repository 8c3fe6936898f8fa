// Every requirement in force for textiles, page by page.
let address = "https://kravbanken.example/api/v1/requirements?product_area=textil&limit=100";
while (address) {
  const page = await (await fetch(address)).json();
  for (const requirement of page.items) console.log(requirement.id, requirement.version, requirement.title);
  address = page.next;
}

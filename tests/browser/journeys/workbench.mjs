// What journeys of those who prepare and decide have in common.

export const within = (page) => page.locator("main").innerText();
export const press = (page, name) => page.locator("main").getByRole("button", { name, exact: true }).first().click();

// As one of the invented people.
export async function signIn(page, name) {
  await page.goto("/logga-in");
  await page.locator(".people__one", { hasText: name }).click();
}

// Devices that are signed in, one's own or somebody's whom one looks after: each is ended by its button.
import { send } from "./api";
import { all, find, language } from "./page";

/** @param url Where the devices are in the API. @param after What is done once all have ended. */
export function wireDevices(url: string, after: () => void): void {
  async function end(address: string): Promise<boolean> {
    const answer = await send(address, { method: "DELETE", headers: { "Accept-Language": language } });
    find("#devices-error").textContent = answer.ok ? "" : answer.detail;
    return answer.ok;
  }

  for (const button of all<HTMLButtonElement>("[data-end]")) {
    button.addEventListener("click", async () => {
      if (await end(`${url}/${button.dataset["end"]}`)) {
        button.closest("li")?.remove();
        find("#devices").focus();
      }
    });
  }

  document.querySelector("#end-all")?.addEventListener("click", async () => {
    if (await end(url)) {
      after();
    }
  });
}

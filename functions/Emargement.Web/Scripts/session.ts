// The trainer's page of one session.
import { type Answer, download, post } from "./parts/api";
import { dialog, onSubmit, Refusal } from "./parts/form";
import { LiveList } from "./parts/live";
import { Pad } from "./parts/pad";
import { all, find, pageData, say, sayCount } from "./parts/page";
import { Projection, type ProjectionData } from "./parts/projection";

const page = pageData<{ organisation: string; session: string; state: string; lastEdit: number; projection?: ProjectionData }>();
const url = `/api/organisations/${page.organisation}/sessions/${page.session}`;
const list = new LiveList(url, page.state, page.lastEdit);

function tell(words: string): void {
  const line = find("#refused");
  line.textContent = words;
  line.hidden = words === "";
}

function orRefuse<T>(answer: Answer<T>, field?: string): T {
  if (!answer.ok) {
    throw new Refusal(answer.detail, field);
  }

  return answer.body;
}

document.querySelector("#open")?.addEventListener("click", async () => {
  const answer = await post(`${url}/open`);
  if (answer.ok) {
    location.reload();
  } else {
    tell(answer.detail);
  }
});

if (page.projection) {
  const projection = new Projection(page.projection, page.organisation, page.session);
  document.querySelector("#project")?.addEventListener("click", () => {
    find("#projection-count").textContent = find("#count").textContent;
    void projection.show();
  });
}

if (page.state === "open") {
  wireMarks();
  wireLinks();
  wireCodes();
  wireTablet();
  wireClosing();
  void list.refresh();
} else {
  if (document.querySelector("#mark")) {
    wireMarks();
  }

  if (document.querySelector("[data-sealing]")) {
    setTimeout(() => location.reload(), 5000);
  }
}

for (const button of all("[data-dialog]")) {
  button.addEventListener("click", () => find<HTMLDialogElement>(`#${button.dataset["dialog"]}`).showModal());
}

function wireMarks(): void {
  const { dialog: box, form } = dialog("mark");
  const minutes = find("[data-for=minutes]", form);
  const absent = find("[data-for=absent]", form);
  let row: HTMLElement | null = null;
  let mark = "";
  for (const button of all("[data-mark]")) {
    button.addEventListener("click", () => {
      row = button.closest<HTMLElement>(".person");
      mark = button.dataset["mark"] ?? "";
      form.reset();
      find("[data-error]", form).textContent = "";
      find("#mark-title").textContent = say(`mark.${mark}`);
      find("[data-person]", box).textContent = row?.dataset["name"] ?? "";
      minutes.hidden = mark !== "late" && mark !== "left-early";
      absent.hidden = mark !== "absent";
      box.showModal();
    });
  }

  onSubmit(form, async () => {
    const data = new FormData(form);
    const body: Record<string, unknown> = {
      learner: row?.dataset["learner"],
      mark: mark === "absent" ? data.get("absence") : mark,
    };
    if (!minutes.hidden) {
      const count = Number(data.get("minutes"));
      if (!Number.isInteger(count) || count < 1) {
        throw new Refusal(say("required-minutes"), "minutes");
      }

      body["minutes"] = count;
    }

    const reason = String(data.get("reason") ?? "").trim();
    if (page.state === "closed") {
      if (!reason) {
        throw new Refusal(say("required"), "reason");
      }

      orRefuse(await post(`${url}/corrections`, { ...body, reason }));
      location.reload();
      return;
    }

    orRefuse(await post(`${url}/marks`, reason ? { ...body, reason } : body));
    box.close();
    await list.refresh();
  });
}

function wireLinks(): void {
  const { dialog: box, form } = dialog("links");
  form.addEventListener("change", () => {
    find("[data-warning]", form).hidden = new FormData(form).get("to") !== "all";
  });
  onSubmit(form, async () => {
    const sent = orRefuse(await post<{ queued: number }>(`${url}/links`, { to: new FormData(form).get("to") }));
    box.close();
    tell(sayCount("links-sent", sent.queued));
  });
  for (const button of all("[data-link]")) {
    button.addEventListener("click", async () => {
      const learner = button.closest<HTMLElement>(".person")?.dataset["learner"];
      const answer = await post<{ queued: number }>(`${url}/links`, { to: "one", learner });
      tell(answer.ok ? sayCount("links-sent", answer.body.queued) : answer.detail);
    });
  }
}

function wireCodes(): void {
  const { dialog: box, form } = dialog("codes");
  const person = find("[data-person]", box);
  let learner: string | undefined;
  box.addEventListener("close", () => {
    learner = undefined;
    person.hidden = true;
  });
  onSubmit(form, async () => {
    orRefuse(await download(`${url}/recovery-codes`, { learner }));
    box.close();
    tell(say("codes-printed"));
  });
  for (const button of all("[data-code]")) {
    button.addEventListener("click", () => {
      const row = button.closest<HTMLElement>(".person");
      learner = row?.dataset["learner"];
      person.textContent = row?.dataset["name"] ?? "";
      person.hidden = false;
      box.showModal();
    });
  }
}

function wireTablet(): void {
  const { form } = dialog("tablet");
  const box = find<HTMLDialogElement>("#tablet");
  let learner = "";
  box.addEventListener("close", () => { learner = ""; });
  onSubmit(form, async () => {
    orRefuse(await post(`${url}/tablet`));
    location.assign(`/o/${page.organisation}/sessions/${page.session}/tablet${learner ? `?learner=${encodeURIComponent(learner)}` : ""}`);
  });
  for (const button of all("[data-sign-here]")) {
    button.addEventListener("click", () => {
      learner = button.closest<HTMLElement>(".person")?.dataset["learner"] ?? "";
      box.showModal();
    });
  }
}

function wireClosing(): void {
  const { dialog: box, form } = dialog("close");
  const pad = new Pad(find("[data-pad]", form));
  const heads = find<HTMLInputElement>("#head-count");
  const mismatch = find("[data-mismatch]", form);
  find("[data-dialog=close]").addEventListener("click", () => {
    const everyone = list.signed === list.expected && list.expected > 0;
    find("[data-summary]", box).textContent = everyone
      ? say("close-all")
      : sayCount("close-summary", list.signed, { expected: list.expected });
  });
  heads.addEventListener("input", () => {
    const counted = heads.value !== "" && Number(heads.value) !== list.signed;
    mismatch.hidden = !counted;
    find("span", mismatch).textContent = say("close-mismatch", { count: list.signed, head: heads.value });
  });
  onSubmit(form, async () => {
    const headCount = Number(heads.value);
    if (heads.value === "" || !Number.isInteger(headCount) || headCount < 0) {
      throw new Refusal(say("required-head-count"), "headCount");
    }

    orRefuse(await post(`${url}/close`, { headCount, ...pad.mark() }));
    location.reload();
  });
}

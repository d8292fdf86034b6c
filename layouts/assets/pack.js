/* While a pack is being made its page says how far it is; without this, a link does. */
(() => {
  "use strict";

  const pause = 1500;
  const look = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    const text = answer ? await answer.text() : "";
    const found = new DOMParser().parseFromString(text, "text/html");
    const now = found.getElementById("pack-state");
    const shown = document.getElementById("pack-state");
    if (!now || !shown) {
      setTimeout(look, pause * 4);
      return;
    }
    if (now.dataset.stage !== "MAKING") {
      location.reload();
      return;
    }
    for (const part of ["[role=status]", "progress"]) {
      const [old, fresh] = [shown.querySelector(part), now.querySelector(part)];
      if (!old || !fresh) continue;
      if (part === "progress") old.value = fresh.value;
      else if (old.textContent !== fresh.textContent) old.textContent = fresh.textContent;
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
})();

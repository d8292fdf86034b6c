/* Copies the words that a button names. The address in them gets the host it was read on. */
(function () {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    const words = source.textContent.replace(
      /(^|[\s"])\/(figures\/|embed\/|metrics\/|cite\?|brief)/g,
      (found) => found.replace("/", location.origin + "/")
    );
    const region = button.closest(".region") || document;
    const told = region.querySelector(".copied");
    try {
      await navigator.clipboard.writeText(words);
      if (told) told.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(source);
      if (told) told.textContent = "Selected: copy it with your keyboard.";
    }
  });
})();

/* The key "/" leads to the search box. A single key can get in the way of speech input, so that
   it can be turned off: the accessibility statement has the button. */
(function () {
  "use strict";
  const NAME = "search-key";

  // A browser may refuse to keep anything; then the key stays on.
  function isOff() {
    try {
      return localStorage.getItem(NAME) === "off";
    } catch {
      return false;
    }
  }

  function turn(off) {
    try {
      if (off) localStorage.setItem(NAME, "off");
      else localStorage.removeItem(NAME);
    } catch {
      return;
    }
  }

  function takesText(element) {
    return element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
  }

  document.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
    if (event.key !== "/" || !plain || takesText(event.target) || isOff()) return;
    const box = document.getElementById("search-box");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-search-key]");
    if (!button) return;
    turn(!isOff());
    const told = document.getElementById("search-key-state");
    if (told) told.textContent = `The key “/” is now ${isOff() ? "off" : "on"} in this browser.`;
  });
})();

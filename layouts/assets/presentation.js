/* Steps through the presentation by the keys that people and remote controls press. */
(function () {
  "use strict";
  const KEYS = {
    ArrowRight: "next",
    PageDown: "next",
    ArrowLeft: "prev",
    PageUp: "prev",
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    // What scrolls sideways keeps its arrow keys.
    if (event.target !== document.body && event.target.scrollWidth > event.target.clientWidth) {
      if (event.key.startsWith("Arrow") && event.target.tabIndex >= 0) return;
    }
    const way = event.key === "Escape" ? "a[data-leave]" : `a[rel="${KEYS[event.key]}"]`;
    const link = document.querySelector(way);
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  });
})();

/* Narrows the list of a published search page down to what fits the words in the address. A word
   fits a name that has it or begins with it; where none does, names that are a slip of the fingers
   or two away: none in words of up to three letters or with a digit, one in up to six letters. */
(function () {
  "use strict";

  function wordsOf(text) {
    const spread = text.toLowerCase().replace(/['’]/g, "").normalize("NFKD");
    return spread.replace(/[\u0300-\u036f]/g, "").match(/[a-z0-9]+/g) || [];
  }

  function slipsAllowed(word) {
    if (word.length <= 3 || /\d/.test(word)) return 0;
    return word.length <= 6 ? 1 : 2;
  }

  // Letters to add, drop, change or swap with a neighbour to make one word of the other.
  function distance(one, other) {
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[other.length];
  }

  const asked = (new URLSearchParams(location.search).get("q") || "").slice(0, 100);
  const wanted = wordsOf(asked);
  if (!wanted.length) return;
  document.getElementById("search-box").value = asked;

  const entries = Array.from(document.querySelectorAll(".found > li"), (item) => ({
    item,
    words: wordsOf(`${item.textContent} ${item.dataset.names}`),
  }));
  const fits = wanted.map((word) => {
    const near = (known) => known.startsWith(word);
    const exact = entries.filter((entry) => entry.words.some(near));
    if (exact.length) return new Set(exact);
    const slips = slipsAllowed(word);
    const slipped = (known) =>
      slips > 0 && Math.abs(known.length - word.length) <= slips && distance(word, known) <= slips;
    return new Set(entries.filter((entry) => entry.words.some(slipped)));
  });
  const found = entries.filter((entry) => fits.every((one) => one.has(entry)));
  for (const entry of entries) entry.item.hidden = !found.includes(entry);
  for (const kind of document.querySelectorAll(".found-kind")) {
    kind.hidden = !kind.querySelector("li:not([hidden])");
  }
  const told = document.getElementById("found-answer");
  told.textContent = found.length
    ? `Found for “${asked}”: ${found.length} of ${entries.length}.`
    : `Nothing here is called “${asked}”, nor anything much like it.`;
})();

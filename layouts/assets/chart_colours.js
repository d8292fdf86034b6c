/* A chart that is explored takes the colours of a dark page, and gives them back for a light one
   and for paper. Its description holds the light colours, with the dark one for each. */
(function () {
  "use strict";
  const main = document.getElementById("main");
  const dark = window.matchMedia("screen and (prefers-color-scheme: dark)");
  // Each chart as Dash gave it.
  const given = new WeakMap();

  function channels(hex) {
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(",");
  }

  function inTheDark(value, colours) {
    if (typeof value === "string") {
      const faint = /^rgba\((\d+,\d+,\d+),([\d.]+)\)$/.exec(value);
      return faint ? `rgba(${colours.get(faint[1]) || faint[1]},${faint[2]})` : colours.get(value) || value;
    }
    if (Array.isArray(value)) return value.map((one) => inTheDark(one, colours));
    if (!value || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
    const named = Object.entries(value);
    return Object.fromEntries(
      named.map(([name, one]) => [name, name === "meta" ? one : inTheDark(one, colours)])
    );
  }

  function settle(graph) {
    const meta = graph.layout && graph.layout.meta;
    if (!meta || !meta.dark) return;
    const { page } = meta;
    if (graph.layout.paper_bgcolor === page) given.set(graph, { data: graph.data, layout: graph.layout });
    const shown = graph.layout.paper_bgcolor === page ? "light" : "dark";
    const wanted = dark.matches ? "dark" : "light";
    graph.dataset.colours = shown;
    if (shown === wanted) return;
    const chart = given.get(graph);
    if (wanted === "light") {
      window.Plotly.react(graph, chart.data, chart.layout);
      return;
    }
    const colours = new Map(Object.entries(meta.dark));
    for (const [light, other] of Object.entries(meta.dark)) colours.set(channels(light), channels(other));
    window.Plotly.react(graph, inTheDark(chart.data, colours), inTheDark(chart.layout, colours));
  }

  function graphs() {
    return document.querySelectorAll(".graph .js-plotly-plot");
  }

  const followed = new WeakSet();
  new MutationObserver(() => {
    for (const graph of graphs()) {
      if (!graph.on || followed.has(graph)) continue;
      followed.add(graph);
      graph.on("plotly_afterplot", () => settle(graph));
      settle(graph);
    }
  }).observe(main, { childList: true, subtree: true });
  dark.addEventListener("change", () => graphs().forEach(settle));
})();

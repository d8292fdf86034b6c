/* Reads a chart value by value: arrow keys, a pointer and a finger give the same words, which a
   screen reader hears and a box beside the value shows. Each chart is one stop of the Tab key. */
(function () {
  "use strict";
  const values = window.chartValues;
  const BOXES = "[data-chart]";
  const REACH = { mouse: 14, pen: 20, touch: 32 };
  const main = document.getElementById("main");
  if (!values || !main) return;

  const told = document.createElement("p");
  told.id = "chart-words";
  told.setAttribute("role", "status");
  const help = document.createElement("p");
  help.id = "chart-help";
  help.hidden = true;
  help.textContent = "Arrow keys move over the values; Home and End go to the first and the last; Escape leaves them.";
  main.append(told, help);
  // What a drawing shows without a name or value of its own, and where a reader finds it.
  const FAINT = [
    [".chart-strip .dots", "The areas drawn in grey have no stop here; the table of all areas, by the link under the chart, has each."],
    [".chart-line .bands", "The grey bands have no stop here; the words under the chart say which areas lie within them."],
    [".chart-overview .ticks", "The grey ticks have no stop here; the page of the measure has a table of all areas."],
  ].map(([drawn, words], index) => {
    const note = document.createElement("p");
    note.id = `chart-faint-${index}`;
    note.hidden = true;
    note.textContent = words;
    main.append(note);
    return { drawn, id: note.id, words };
  });

  const faintIn = (box) => FAINT.find(({ drawn }) => box.querySelector(drawn));

  // Which value of which chart is being read.
  let reading = null;
  // What each explored chart says of itself.
  const given = new WeakMap();

  function prepare() {
    for (const drawn of document.querySelectorAll("svg.chart, .graph .js-plotly-plot")) {
      const explored = drawn.matches(".js-plotly-plot");
      const box = explored ? drawn : drawn.closest(".chart-box") || drawn.parentElement;
      if (explored && box.layout && given.get(box) !== box.layout.meta) {
        // A choice may draw an explored chart anew: what is read is no longer there.
        given.set(box, box.layout.meta);
        box.setAttribute("aria-label", (box.layout.meta || {}).title || "Chart");
        if (reading && reading.box === box) stop();
      }
      if (box.dataset.chart) continue;
      const svg = explored ? null : drawn;
      if (explored && !box.layout) continue;
      if (svg) for (const one of box.querySelectorAll("svg.chart")) values.takeTitles(one);
      if (svg && !box.querySelector("[data-words]")) continue;
      const described = svg && svg.querySelector(":scope > desc");
      box.dataset.chart = explored ? "explored" : "drawn";
      box.tabIndex = 0;
      box.setAttribute("role", "application");
      box.setAttribute("aria-roledescription", "chart");
      if (svg) box.setAttribute("aria-label", svg.getAttribute("aria-label") || "Chart");
      const faint = faintIn(box);
      const notes = [described && described.id, help.id, faint && faint.id];
      box.setAttribute("aria-describedby", notes.filter(Boolean).join(" "));
    }
    if (reading && !reading.box.isConnected) stop();
  }

  function stop() {
    if (reading) {
      values.clear(reading.box);
      delete reading.box.dataset.reading;
    }
    reading = null;
    told.textContent = "";
    told.className = "";
  }

  function tell(box, found, series, index, byKey) {
    const mark = found.series[series][index];
    if (reading && reading.box !== box) stop();
    reading = { box, found, series, index, byKey };
    box.dataset.reading = "yes";
    const shape = values.show(box, mark);
    told.textContent = mark.words;
    // A chart that is explored shows the words itself.
    told.className = shape ? "shown" : "";
    if (!shape) return;
    if (byKey) shape.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    place(shape.getBoundingClientRect());
  }

  // Above the value, or below it where there is no room; always within the window.
  function place(room) {
    const within = main.offsetParent ? main.offsetParent.getBoundingClientRect() : { left: 0, top: 0 };
    const own = told.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const centred = room.left + room.width / 2 - own.width / 2;
    const left = Math.max(4, Math.min(centred, wide - own.width - 4));
    const above = room.top - own.height - 8;
    const top = above >= 0 ? above : room.bottom + 8;
    told.style.left = `${left - within.left}px`;
    told.style.top = `${top - within.top}px`;
  }

  function nearest(marks, to) {
    const away = (mark) => Math.abs(mark.x - to.x) + Math.abs(mark.y - to.y) / 1e4;
    return marks.reduce((best, mark, index) => (away(mark) < away(marks[best]) ? index : best), 0);
  }

  function moved(key, found, from) {
    const { series, index } = from;
    const last = found.series[series].length - 1;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
    if (key === "Home") return [series, 0];
    if (key === "End") return [series, last];
    const upright = key === "ArrowUp" || key === "ArrowDown";
    if (upright && found.series.length > 1) {
      const next = series + steps[key];
      if (next < 0 || next >= found.series.length) return [series, index];
      return [next, nearest(found.series[next], found.series[series][index])];
    }
    return [series, Math.max(0, Math.min(last, index + steps[key]))];
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Escape" && reading) {
      stop();
      event.stopPropagation();
      return;
    }
    const box = event.target;
    const ours = box.matches && box.matches(BOXES);
    if (!ours || !/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key)) return;
    // Read anew each time: the window may have changed which drawing is shown.
    const found = values.read(box);
    if (!found.series.length) return;
    event.preventDefault();
    event.stopPropagation();
    if (reading && reading.box === box && found.series[reading.series]) {
      const { series, index } = reading;
      const next = moved(event.key, found, reading);
      tell(box, found, ...next, true);
      // Who goes on beyond the last value is told what else is drawn.
      const faint = next[0] === series && next[1] === index && faintIn(box);
      if (faint && /Down|Right/.test(event.key)) told.textContent += `. ${faint.words}`;
    } else {
      tell(box, found, 0, found.overTime ? found.series[0].length - 1 : 0, true);
    }
  }

  let hovered = null;

  function pointed(event) {
    const box = event.target.closest && event.target.closest("[data-chart='drawn']");
    if (!box) {
      // The words may be read, and copied, under the pointer.
      if (reading && !reading.byKey && !told.contains(event.target)) stop();
      hovered = null;
      return;
    }
    if (!hovered || hovered.box !== box) hovered = { box, found: values.read(box) };
    const reach = REACH[event.pointerType] || REACH.mouse;
    const mark = values.at(box, hovered.found, event.clientX, event.clientY, reach);
    if (!mark) {
      if (reading && !reading.byKey) stop();
      return;
    }
    const series = hovered.found.series.findIndex((one) => one.includes(mark));
    const index = hovered.found.series[series].indexOf(mark);
    if (reading && reading.box === box && told.textContent === mark.words) return;
    tell(box, hovered.found, series, index, false);
  }

  // Before any other key of the page: while a chart is read, its keys are its own.
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch") pointed(event);
  });
  document.addEventListener("pointerdown", (event) => {
    hovered = null;
    pointed(event);
  });
  document.addEventListener("focusout", (event) => {
    if (reading && reading.byKey && event.target === reading.box) stop();
  });
  window.addEventListener("resize", () => {
    hovered = null;
    stop();
  });

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      prepare();
    });
  }).observe(main, { childList: true, subtree: true });
  prepare();
})();

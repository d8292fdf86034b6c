/* The browser's half of the components in layouts/components: Dash looks them up in
   window.missions. They adopt the elements that the server sent, so that nothing jumps. */
(function () {
  "use strict";
  const { createElement, useEffect, useLayoutEffect, useRef } = window.React;

  // The server's finished page stands here until Dash has taken all of it over.
  const finished = () => document.getElementById("finished-page");
  const entry = () => document.getElementById("react-entry-point");

  // Dash writes an id of several parts as JSON; the element has the plain name.
  function nameOf(id) {
    return id.startsWith("{") ? Object.values(JSON.parse(id))[0] : id;
  }

  // What each control held when its form was last told to Dash.
  const told = new WeakMap();

  // One choice is answered before the next is asked: an answer is made from what the page shows
  // when it is asked for, and answers that overtook one another would leave a page of both.
  const queue = { asking: 0, turn: 0, waiting: new Map() };
  // After this many milliseconds no answer will come: the connection was lost.
  const PATIENCE = 10000;

  function askInTurn(name, ask) {
    queue.waiting.delete(name);
    if (queue.asking) {
      queue.waiting.set(name, ask);
      return;
    }
    queue.turn = Math.max(queue.turn + 1, Date.now());
    queue.asking = setTimeout(nextInTurn, PATIENCE);
    ask(queue.turn);
  }

  function nextInTurn() {
    clearTimeout(queue.asking);
    queue.asking = 0;
    const [next] = queue.waiting;
    if (next) askInTurn(...next);
  }

  const isBox = (control) => /^(checkbox|radio)$/.test(control.type);
  const stateOf = (control) => (isBox(control) ? String(control.checked) : control.value);

  // The state of a control as the page was written.
  function stateAsWritten(control) {
    if (isBox(control)) return String(control.defaultChecked);
    if (control.localName !== "select") return control.defaultValue;
    const chosen = [...control.options].find((one) => one.defaultSelected) || control.options[0];
    return chosen ? chosen.value : "";
  }

  // The controls of a form that the reader has changed and Dash has not been told of.
  function untold(form) {
    return [...form.elements].filter((control) => {
      const known = told.has(control) ? told.get(control) : stateAsWritten(control);
      return control.name && control.type !== "submit" && stateOf(control) !== known;
    });
  }

  // Writes a form anew. A choice that waits its turn is not undone by the answer to another.
  function writeForm(form, html) {
    const kept = queue.waiting.has(form.id) ? untold(form) : [];
    write(form, html);
    for (const control of kept) {
      const same = likeOf(control, form);
      if (!same) continue;
      if (isBox(same)) same.checked = control.checked;
      else same.value = control.value;
    }
  }

  // The control among new elements that is the like of the one that holds the focus.
  function likeOf(held, fresh) {
    const name = held.getAttribute("name");
    return (
      (held.id && fresh.querySelector("#" + CSS.escape(held.id))) ||
      (name &&
        Array.from(fresh.querySelectorAll("[name]")).find(
          (control) =>
            control.name === name &&
            (!/^(checkbox|radio|submit)$/.test(control.type) ||
              control.value === held.getAttribute("value"))
        ))
    );
  }

  // Whether a reader's control may stay where it is: a field that is being typed in, or that says
  // what the new one says; a list, which may be open, of the same options.
  function mayStay(held, same) {
    if (held.type !== same.type) return false;
    const words = (list) => Array.from(list.options, (one) => one.value + one.text).join();
    if (held.localName === "select") return words(held) === words(same);
    if (!held.matches("textarea, input:not([type=checkbox], [type=radio], [type=submit])")) {
      return false;
    }
    const typed = held.value !== held.defaultValue && held.value !== told.get(held);
    return typed || held.validity.badInput || held.value === same.value;
  }

  const upTo = (box, element) =>
    element === box ? [] : [element, ...upTo(box, element.parentElement)];

  // Writes everything anew around a control, which keeps its text, its caret and its open list.
  // False, with nothing done, where the new elements do not lie as the old ones do.
  function writeAround(box, held, fresh, same) {
    const [old, likes] = [upTo(box, held), upTo(fresh, same)];
    if (old.map((one) => one.localName).join() !== likes.map((one) => one.localName).join()) {
      return false;
    }
    if (held.localName === "select") {
      held.value = same.value;
    } else if (held.defaultValue !== same.defaultValue) {
      // Written without need, it would empty a date of which a part is typed.
      held.defaultValue = same.defaultValue;
    }
    old.forEach((kept, level) => {
      const [all, others] = [kept.parentElement.childNodes, likes[level].parentElement.childNodes];
      const place = Array.from(others).indexOf(likes[level]);
      const [before, after] = [[...others].slice(0, place), [...others].slice(place + 1)];
      [...all].forEach((one) => one === kept || one.remove());
      kept.before(...before);
      kept.after(...after);
    });
    return true;
  }

  // Writes a box anew and keeps the reader's place in it.
  function write(box, html) {
    const held = document.activeElement;
    if (!held || held === box || !box.contains(held)) {
      box.innerHTML = html;
      return;
    }
    const fresh = document.createElement(box.localName);
    fresh.innerHTML = html;
    const same = likeOf(held, fresh);
    if (same && mayStay(held, same) && writeAround(box, held, fresh, same)) return;
    box.replaceChildren(...fresh.childNodes);
    if (same) {
      same.focus({ preventScroll: true });
    } else {
      box.setAttribute("tabindex", "-1");
      box.focus({ preventScroll: true });
    }
  }

  // Moves the server's elements into the component's own box. False when they are of another
  // version than the one that Dash was given.
  function adopt(box, version) {
    const page = finished();
    const sent = page && page.querySelector("#" + CSS.escape(box.id));
    if (!sent || sent.dataset.version !== version) return false;
    const held = document.activeElement;
    // What is hidden cannot hold the focus. Nothing is painted before all parts are adopted.
    entry().hidden = false;
    box.append(...sent.childNodes);
    sent.removeAttribute("id");
    if (held && held !== document.activeElement && box.contains(held)) {
      held.focus({ preventScroll: true });
    }
    return true;
  }

  function useFinishedHtml(box, html, version, showsAlready) {
    const shown = useRef({});
    useLayoutEffect(() => {
      const before = shown.current;
      if (before.version === version) return;
      const first = before.version === undefined;
      shown.current = { version, html };
      if (first && adopt(box.current, version)) return;
      if (!first && showsAlready && showsAlready(box.current, html, before.html)) return;
      if (box.current.localName === "form") {
        writeForm(box.current, html);
      } else if (first || near.has(box.current)) {
        waiting.delete(box.current);
        write(box.current, html);
      } else {
        writeLater(box.current, html);
      }
    }, [version]);
    useEffect(() => {
      const watched = box.current;
      nearness.observe(watched);
      return () => nearness.unobserve(watched);
    }, []);
  }

  // The boxes that a reader sees or has close by; what the others show can wait for a frame.
  const near = new WeakSet();
  const nearness = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) near.add(target);
        else near.delete(target);
      }
    },
    { rootMargin: "50% 0px" }
  );
  const waiting = new Map();

  function writeLater(box, html) {
    if (!waiting.size) {
      afterPaint(() => {
        const all = [...waiting];
        waiting.clear();
        for (const [one, words] of all) write(one, words);
      });
    }
    waiting.set(box, html);
  }

  function Sheet(props) {
    return createElement("div", { id: nameOf(props.id), className: props.kind }, props.children);
  }

  function Html(props) {
    const box = useRef(null);
    useFinishedHtml(box, props.html, props.version);
    return createElement("div", { id: nameOf(props.id), className: "region", ref: box });
  }

  // The choices of a form as a query string; what is left empty is no choice.
  function choicesOf(form, pressed) {
    const pairs = Array.from(new FormData(form)).filter(
      ([, value]) => typeof value === "string" && value !== ""
    );
    if (pressed && pressed.name && pressed.value) pairs.push([pressed.name, pressed.value]);
    return new URLSearchParams(pairs).toString();
  }

  // A form whose controls and choices are those of `html` is left alone: it has the focus.
  function showsChoices(form, html, before) {
    const other = document.createElement("form");
    const onlyChosen = withoutChoices(html) === withoutChoices(before);
    // Names that are offered are many, and no choice.
    other.innerHTML = onlyChosen ? html.replace(/<datalist.*?<\/datalist>/gs, "") : html;
    if (choicesOf(form) !== choicesOf(other)) return false;
    if (!onlyChosen) return outline(form) === outline(other);
    const leads = other.querySelectorAll("a[href]");
    form.querySelectorAll("a[href]").forEach((link, place) => {
      link.setAttribute("href", leads[place].getAttribute("href"));
    });
    return true;
  }

  // A form as written, without the state of its controls and without where its links lead.
  const withoutChoices = (html) => html.replace(/ (checked|selected)(?=[ >])| href="[^"]*"/g, "");

  // Everything that a reader sees of a form except the state of its controls.
  function outline(form) {
    const words = Array.from(form.querySelectorAll("option, label, legend, a, button, p"), (item) =>
      [item.tagName, item.getAttribute("value"), item.getAttribute("href"), item.textContent].join()
    );
    return words.join("\n").replace(/\s+/g, " ");
  }

  // A year is typed digit by digit, and 0002, 0020 and 0202 are years too.
  function halfTyped(control) {
    const { type, value, validity } = control;
    return type === "date" && (validity.badInput || (value !== "" && value < "1000"));
  }

  function ChoiceForm(props) {
    const box = useRef(null);
    const { setProps } = props;
    useFinishedHtml(box, props.html, props.version, showsChoices);
    useLayoutEffect(() => {
      const form = box.current;
      const choose = (event) => {
        if (event.type === "submit") event.preventDefault();
        else if (halfTyped(event.target)) return;
        const pressed = event.submitter;
        askInTurn(form.id, (turn) => {
          for (const control of form.elements) told.set(control, stateOf(control));
          // Another turn each time, so that the same choice made again is heard again.
          setProps({ query: choicesOf(form, pressed), turn });
        });
      };
      form.addEventListener("submit", choose);
      form.addEventListener("change", choose);
      return () => {
        form.removeEventListener("submit", choose);
        form.removeEventListener("change", choose);
      };
    }, [setProps]);
    return createElement("form", {
      id: nameOf(props.id),
      className: "choices",
      action: props.action,
      method: "get",
      ref: box,
    });
  }

  // Does something in a moment, when what has changed is seen. Answers with the way to do without.
  function afterPaint(act) {
    let later = 0;
    const frame = requestAnimationFrame(() => {
      later = setTimeout(act);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(later);
    };
  }

  function Address(props) {
    const { setProps, path, shown, title, leave, answered } = props;
    const first = useRef(true);
    const latest = useRef(props);
    latest.current = props;

    // Dash has drawn the page: the server's own copy goes, in the same frame.
    useLayoutEffect(() => {
      if (!path) {
        setProps({ arrived: location.pathname + location.search });
        return;
      }
      if (finished()) finished().remove();
      entry().hidden = false;
      document.documentElement.dataset.explorable = "yes";
      // The reader may have gone back while nobody listened yet.
      const { sent } = latest.current;
      const asked = location.search.replace(/^\?/, "");
      if (location.pathname !== path) location.reload();
      else if (typeof sent === "string" && asked !== sent) setProps({ asked, turn: Date.now() });
    }, [path]);

    useEffect(() => {
      if (first.current) {
        first.current = false;
        return;
      }
      if (!path) return;
      const wanted = shown ? "?" + shown : "";
      // The browser writes down the state of every control: the reader need not wait for that.
      return afterPaint(() => {
        if (location.search !== wanted) history.pushState(null, "", path + wanted);
        document.title = title;
      });
    }, [path, shown, title]);

    useLayoutEffect(() => {
      if (leave) location.assign(leave);
    }, [leave]);

    // Once everything that the answer changes has been written.
    useLayoutEffect(() => {
      if (typeof answered === "boolean") setTimeout(nextInTurn);
    }, [answered]);

    useLayoutEffect(() => {
      const ask = (search) =>
        askInTurn("address", (turn) => setProps({ asked: search.replace(/^\?/, ""), turn }));
      const travelled = () => {
        const now = latest.current;
        if (location.pathname !== now.path) location.reload();
        else if (location.search.replace(/^\?/, "") !== now.shown) ask(location.search);
      };
      const followed = (event) => {
        const link = event.target.closest && event.target.closest("a[data-choose]");
        const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
        if (!link || !plain || link.pathname !== latest.current.path) return;
        event.preventDefault();
        ask(link.search);
      };
      window.addEventListener("popstate", travelled);
      document.addEventListener("click", followed);
      return () => {
        window.removeEventListener("popstate", travelled);
        document.removeEventListener("click", followed);
      };
    }, []);

    return createElement(
      "p",
      { id: "announcement", role: "status", className: "visually-hidden" },
      props.announcement
    );
  }

  window.missions = { Sheet, Html, ChoiceForm, Address };
})();

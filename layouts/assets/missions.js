/* The browser's half of the components in layouts/components: Dash looks them up in
   window.missions. They adopt the elements that the server sent, so that nothing jumps. */
(function () {
  "use strict";
  const { createElement, useEffect, useLayoutEffect, useRef } = window.React;
  const { askInTurn, nextInTurn, write, writeForm } = window.choosing;
  const { choicesOf, showsChoices, halfTyped, remember } = window.choosing;

  // The server's finished page stands here until Dash has taken all of it over.
  const finished = () => document.getElementById("finished-page");
  const entry = () => document.getElementById("react-entry-point");

  // Dash writes an id of several parts as JSON; the element has the plain name.
  function nameOf(id) {
    return id.startsWith("{") ? Object.values(JSON.parse(id))[0] : id;
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
          remember(form);
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

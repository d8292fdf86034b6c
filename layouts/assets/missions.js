/* The browser's half of the components in layouts/components: Dash looks them up in
   window.missions. They adopt the elements that the server sent, so that nothing jumps. */
(function () {
  "use strict";
  const { createElement, useLayoutEffect, useRef } = window.React;

  // The server's finished page stands here until Dash has taken all of it over.
  const finished = () => document.getElementById("finished-page");
  const entry = () => document.getElementById("react-entry-point");

  // Dash writes an id of several parts as JSON; the element has the plain name.
  function nameOf(id) {
    return id.startsWith("{") ? Object.values(JSON.parse(id))[0] : id;
  }

  // Keeps the reader's place while the elements around it are moved or written anew.
  function keepingFocus(box, change) {
    const held = document.activeElement;
    const inside = held && held !== box && box.contains(held);
    const id = inside && held.id;
    const name = inside && held.getAttribute("name");
    const value = inside && held.getAttribute("value");
    change();
    if (!inside || document.activeElement === held) return;
    const same =
      (held.isConnected && held) ||
      (id && box.querySelector("#" + CSS.escape(id))) ||
      (name &&
        Array.from(box.querySelectorAll("[name]")).find(
          (control) =>
            control.name === name &&
            (!/^(checkbox|radio|submit)$/.test(control.type) || control.value === value)
        ));
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
    const shown = useRef(null);
    useLayoutEffect(() => {
      if (shown.current === version) return;
      const first = shown.current === null;
      shown.current = version;
      if (first && adopt(box.current, version)) return;
      if (!first && showsAlready && showsAlready(box.current, html)) return;
      keepingFocus(box.current, () => {
        box.current.innerHTML = html;
      });
    }, [version]);
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
  function showsChoices(form, html) {
    const other = document.createElement("form");
    other.innerHTML = html;
    return choicesOf(form) === choicesOf(other) && outline(form) === outline(other);
  }

  // Everything that a reader sees of a form except the state of its controls.
  function outline(form) {
    const words = Array.from(form.querySelectorAll("option, label, legend, a, button, p"), (item) =>
      [item.tagName, item.getAttribute("value"), item.getAttribute("href"), item.textContent].join()
    );
    return words.join("\n").replace(/\s+/g, " ");
  }

  function ChoiceForm(props) {
    const box = useRef(null);
    const { setProps } = props;
    useFinishedHtml(box, props.html, props.version, showsChoices);
    useLayoutEffect(() => {
      const form = box.current;
      const choose = (event) => {
        if (event.type === "submit") event.preventDefault();
        // A new object each time, so that the same choice made again is heard again.
        setProps({ query: choicesOf(form, event.submitter), turn: Date.now() });
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

  function Address(props) {
    const { setProps, path, shown, title, leave } = props;
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

    useLayoutEffect(() => {
      if (first.current) {
        first.current = false;
        return;
      }
      if (!path) return;
      const wanted = shown ? "?" + shown : "";
      if (location.search !== wanted) history.pushState(null, "", path + wanted);
      document.title = title;
    }, [path, shown, title]);

    useLayoutEffect(() => {
      if (leave) location.assign(leave);
    }, [leave]);

    useLayoutEffect(() => {
      const ask = (search) =>
        setProps({ asked: search.replace(/^\?/, ""), turn: Date.now() });
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

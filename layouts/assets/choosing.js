/* How parts of a page are written anew without taking anything from the reader, and how choices are
   told one after the other. missions.js gives this to Dash's components. */
(function () {
  "use strict";

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

  function remember(form) {
    for (const control of form.elements) told.set(control, stateOf(control));
  }

  window.choosing = {
    askInTurn, nextInTurn, write, writeForm, choicesOf, showsChoices, halfTyped, remember,
  };
})();

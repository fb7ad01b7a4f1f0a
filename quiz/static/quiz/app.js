/*
Improves what works without it: keys, going on without a wait, and answers that survive a lost
connection. A card is #question-card; its form has data-answer; the next card waits in a
<template data-next-card> inside it; the way on is [data-next].
*/
(function () {
  "use strict";

  const KEPT = "unsent-answer";
  const FIRST_WAIT = 2000; // ms, doubled up to LONGEST_WAIT
  const LONGEST_WAIT = 30000;
  const SHOWN_IN_CARD = [409, 410, 422]; // refusals that are a card themselves
  const DEAD_TIME = 400; // ms: a double tap must not skip the verdict
  let wait = FIRST_WAIT;
  let timer = 0;

  const card = () => document.getElementById("question-card");
  const waitingIn = (root) => root.querySelector("template[data-next-card]")?.content;

  // ------------------------------------------------------------------ going on
  function settle(root) {
    const next = root.querySelector("[data-next]");
    if (next) {
      next.setAttribute("aria-disabled", "true");
      window.setTimeout(() => next.removeAttribute("aria-disabled"), DEAD_TIME);
    }
    // The card that waits holds the round already; a reply does not send it twice.
    const token = waitingIn(root)?.querySelector('[name="token"]');
    if (next && token && !next.search) next.search = `?at=${encodeURIComponent(token.value)}`;
    addMoves(root);
    const focus = root.querySelector("[data-focus]");
    if (focus) focus.focus({ preventScroll: true });
    const word = root.querySelector(".verdict-word");
    if (word) word.scrollIntoView({ block: "nearest" }); // only where it would not be seen at all
    const live = document.getElementById("live");
    if (live) live.textContent = word ? word.textContent : "";
  }

  // Buttons that move a line up or down, in place of the numbers that work without script.
  function addMoves(root) {
    const selects = [...root.querySelectorAll('select[name^="place-"]')];
    if (!selects.length || selects[0].hidden) return;
    const rows = selects.map((select) => select.closest(".option"));
    const list = rows[0].parentElement;
    const renumber = () =>
      [...list.querySelectorAll('select[name^="place-"]')].forEach((select, at) => {
        select.value = String(at + 1);
        select.closest(".option").querySelector(".key").textContent = String(at + 1);
      });
    rows.forEach((row, at) => {
      selects[at].hidden = true;
      const place = document.createElement("span");
      place.className = "key";
      row.prepend(place);
      const text = row.querySelector("label").textContent.trim();
      for (const [sign, word, move] of [
        ["↑", "Earlier", () => row.previousElementSibling?.matches(".option") && row.previousElementSibling.before(row)],
        ["↓", "Later", () => row.nextElementSibling && row.nextElementSibling.after(row)],
      ]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "move";
        button.textContent = sign;
        button.setAttribute("aria-label", `${word}: ${text}`);
        button.addEventListener("click", () => {
          move();
          renumber();
          button.focus();
        });
        row.append(button);
      }
    });
    renumber();
  }

  function goOn(event, next) {
    if (next.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    const current = card();
    if (!current || !current.contains(next)) return; // a plain link: follow it
    event.preventDefault();
    const waiting = waitingIn(current);
    if (!waiting) {
      window.htmx
        .ajax("GET", next.href, { target: "#question-card", swap: "outerHTML" })
        .then(() => window.history.replaceState(null, "", next.href));
      return;
    }
    window.history.replaceState(null, "", next.href);
    const fresh = waiting.firstElementChild.cloneNode(true);
    current.replaceWith(fresh);
    window.htmx.process(fresh);
    window.scrollTo(0, 0);
    settle(fresh);
  }

  document.addEventListener("click", (event) => {
    const next = event.target.closest("[data-next]");
    if (next) goOn(event, next);
  });

  // Where the buttons stand under the options (learning.css), Next is where Check was, also when what
  // was given takes less room than its fields did.
  const desk = window.matchMedia("(min-width: 48rem) and (min-height: 56rem)");
  let place = 0;

  const buttons = () => card()?.querySelector(".card-body > .actions");

  function keepPlace() {
    const row = card().querySelector(".verdict, .card-back") && buttons();
    const gap = row ? place - row.offsetTop : 0;
    if (desk.matches && gap > 0) row.style.marginTop = `calc(var(--s1) + ${gap}px)`;
  }

  document.addEventListener("htmx:beforeSwap", () => {
    place = buttons()?.offsetTop || 0;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (card()) {
      keepPlace();
      settle(card());
    }
    if (!card() && event.detail.boosted) document.getElementById("main").focus({ preventScroll: true });
  });

  // ---------------------------------------------------------------------- keys
  const isTyping = (node) =>
    node.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");

  function press(root, selector) {
    const found = root.querySelector(selector);
    if (found) found.click();
    return Boolean(found);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const root = card();
    if (isTyping(target)) return;
    const field = root && root.querySelector('form[data-answer] input[type="text"]');
    if (event.key === "?") {
      press(document, '[data-key="?"]');
    } else if (!root) {
      return;
    } else if (field && /^\S$/.test(event.key)) {
      field.focus(); // the sign itself is typed there
    } else if (/^[1-9]$/.test(event.key)) {
      const option =
        root.querySelector(`.keyed > :nth-of-type(${event.key}) input`) ||
        root.querySelector(`button[data-option="${event.key}"]`);
      if (!option) return;
      event.preventDefault();
      option.click();
      option.focus();
    } else if (event.key === "Enter" && !target.closest("a, button, summary")) {
      event.preventDefault();
      if (!press(root, "[data-next]")) press(root, "[data-check]");
    } else if (event.key === " " && !target.closest("a, button, summary, input")) {
      if (press(root, "[data-flip]")) event.preventDefault();
    }
  });

  // -------------------------------------------------- answers that are not yet saved
  const kept = () => JSON.parse(sessionStorage.getItem(KEPT) || "null");

  function say(text) {
    let line = document.getElementById("unsent");
    if (!line && !text) return;
    if (!line) {
      line = document.createElement("p");
      line.id = "unsent";
      line.className = "unsent";
      line.setAttribute("role", "status");
      document.getElementById("main").prepend(line);
    }
    line.textContent = text;
    line.hidden = !text;
  }

  function saved() {
    sessionStorage.removeItem(KEPT);
    window.clearTimeout(timer);
    wait = FIRST_WAIT;
    say("");
  }

  function retryLater() {
    say("Not saved yet. Your answer is kept here and sent again in a moment.");
    window.clearTimeout(timer);
    timer = window.setTimeout(resend, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  // Several ticked boxes share a name: their values go together as a list.
  function grouped(entries) {
    const values = {};
    for (const [name, value] of entries) (values[name] = values[name] || []).push(value);
    return values;
  }

  // No connection, a proxy that limits or has lost the site, a busy database: worth another try.
  const isPassing = (status) => status === 0 || status === 429 || status >= 502;

  function resend() {
    const item = kept();
    if (!item) return;
    const form = card()?.querySelector("form[data-answer]");
    if (form && item.page === window.location.href) {
      form.noValidate = true; // what was kept is whole, whatever the form holds now
      window.htmx.ajax("POST", item.url, {
        source: form,
        target: "#question-card",
        swap: "outerHTML",
        values: grouped(item.entries),
      });
      form.noValidate = false;
      return;
    }
    // On another page, or at another question: save it quietly, the reply is not shown here.
    fetch(item.url, {
      method: "POST",
      body: new URLSearchParams(item.entries),
      headers: { "HX-Request": "true" },
      credentials: "same-origin",
    }).then((response) => {
      if (isPassing(response.status)) return retryLater();
      saved();
      if (!response.ok && response.status !== 409) say("Your last answer could not be saved.");
    }, retryLater);
  }

  // The event may come from the card that is swapped, or from the body once the form is gone.
  const isAnswer = (event) => {
    const source = (event.detail.requestConfig || event.detail).elt;
    return source instanceof Element && source.closest("form[data-answer]") !== null;
  };

  document.addEventListener("htmx:configRequest", (event) => {
    if (!isAnswer(event)) return;
    const entries = [...event.detail.formData.entries()].map(([name, value]) => [name, String(value)]);
    const item = { url: event.detail.path, page: window.location.href, entries };
    sessionStorage.setItem(KEPT, JSON.stringify(item));
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (isAnswer(event) && isPassing(event.detail.xhr.status)) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (!isAnswer(event)) {
      if (status === 0) say("No connection. Please try again in a moment.");
      else if (!kept()) say("");
      return;
    }
    if (isPassing(status)) return retryLater();
    saved();
    const problem = document.getElementById("problem");
    if (event.detail.successful || SHOWN_IN_CARD.includes(status)) problem.replaceChildren();
    // Whoever stands between may refuse in words that no page of ours shows.
    else if (!problem.childElementCount) say("Not saved. Please send it once more.");
  });

  window.addEventListener("online", () => {
    if (kept()) resend();
  });
  window.addEventListener("load", () => {
    if (card()) addMoves(card());
    if (kept()) retryLater();
  });
})();

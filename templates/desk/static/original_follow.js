/* In the sandboxed frame: scrolls to the paragraph that begins with the words which the page around it sends, else by proportion. */
"use strict";

(function () {
  function plain(text) {
    return text.replace(/\s+/g, "");
  }

  function paragraphOf(words) {
    if (words.length < 4) {
      return null;
    }
    return Array.from(document.querySelectorAll("p, td")).find(function (one) {
      return plain(one.textContent).startsWith(words);
    });
  }

  window.addEventListener("message", function (event) {
    if (event.source !== parent || typeof event.data !== "object" || typeof event.data.words !== "string") {
      return;
    }
    const paragraph = paragraphOf(event.data.words);
    const page = document.documentElement;
    if (paragraph) {
      scrollTo(0, paragraph.getBoundingClientRect().top + scrollY - 40);
    } else if (Number.isFinite(event.data.part)) {
      scrollTo(0, event.data.part * (page.scrollHeight - page.clientHeight));
    }
  });
})();

/* 单位: the list is ordered by dragging; the buttons of each row do the same without scripts. */
"use strict";

(function () {
  function watch() {
    const body = document.querySelector("#register tbody");
    const order = document.getElementById("order");
    if (!body || !order || !window.Sortable) {
      return;
    }
    document.getElementById("register").classList.add("draggable");
    Sortable.create(body, {
      handle: ".grip",
      animation: 120,
      forceFallback: true,
      fallbackTolerance: 4,
      onEnd: function (event) {
        if (event.oldIndex !== event.newIndex) {
          order.requestSubmit();
        }
      },
    });
  }

  watch();
  document.addEventListener("htmx:afterSettle", watch);
})();

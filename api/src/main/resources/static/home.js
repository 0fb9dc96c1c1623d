"use strict";

// Without a clipboard (an old browser, or plain http) the address can still be selected.
if (navigator.clipboard) {
    const button = document.getElementById("copy");
    button.hidden = false;
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById("connector").textContent);
        button.textContent = button.dataset.done;
        document.getElementById("copied").textContent = button.dataset.done;
    });
}

"use strict";
// Talks to Streamlit: gets the data, says how tall the page is. Nothing else leaves the frame.
(function (Y) {
  let shown = null;

  function send(type, more) {
    window.parent.postMessage(Object.assign({ isStreamlitMessage: true, type }, more), "*");
  }

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.data.type !== "streamlit:render") return;
    const args = event.data.args;
    document.body.style.height = args.height + "px";
    send("streamlit:setFrameHeight", { height: args.height });
    // the same night again: Streamlit runs the page anew on every click elsewhere
    if (args.id === shown) return;
    shown = args.id;
    Y.mount(document.getElementById("replay"), args.data);
  });
  send("streamlit:componentReady", { apiVersion: 1 });
})(window.Yuyan);

// Listening to events of the server; the browser comes back by itself and is given what it missed.

/** Call `handlers[kind](data, number)` for each event at an address; returns a function that stops listening. */
export function listen(address, handlers) {
  const source = new EventSource(address);
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(JSON.parse(event.data), Number(event.lastEventId)));
  }
  source.addEventListener("start-over", () => location.reload());
  source.addEventListener("end", () => source.close());
  return () => source.close();
}
